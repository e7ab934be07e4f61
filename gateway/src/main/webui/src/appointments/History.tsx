import { Anchor, Collapse, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { listAppointmentHistory } from '../api/scheduling';
import type { HistoryEntry } from '../api/types';
import { dateTime } from '../time/format';
import { Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { statusWords } from '../ui/words';

/** Who changed an appointment, when and how; asked for only when somebody wants to know. */
export function History({ id, version, zone }: { id: string; version: number; zone: string }) {
  const [open, setOpen] = useState(false);
  const panel = useId();
  const history = useQuery({ queryKey: ['history', id, version], enabled: open, queryFn: () => listAppointmentHistory(id) });
  return (
    <div>
      <Anchor component="button" type="button" size="sm" aria-expanded={open} aria-controls={panel} onClick={() => setOpen(!open)}>{open ? 'Hide the history' : 'Show the history'}</Anchor>
      <Collapse expanded={open} id={panel}>
        {history.isLoading && <Waiting />}
        <ProblemNotice error={history.error} retry={() => { void history.refetch(); }} />
        <ol className="tt-history">
          {history.data?.items.map((entry) => (
            <li key={entry.version}>
              <Text size="sm">{what(entry, zone)}</Text>
              <Text size="xs" c="gray.6">{dateTime(entry.at, zone)} · {entry.actorName ?? who(entry.actor)}</Text>
            </li>
          ))}
        </ol>
      </Collapse>
    </div>
  );
}

function what(entry: HistoryEntry, zone: string): string {
  switch (entry.action) {
    case 'BOOKED': return `Booked for ${dateTime(entry.startAt, zone)}`;
    case 'MOVED': return `Moved to ${dateTime(entry.startAt, zone)}`;
    case 'STATUS': return `Status: ${statusWords[entry.status].label}`;
    case 'CANCELLED': return 'Cancelled';
    case 'CLIENT_MERGED': return 'The client was merged with another entry';
    default: return entry.action.replace(/_/g, ' ').toLowerCase();
  }
}

const who = (actor: string): string => {
  const kind = actor.split(':')[0] ?? '';
  return ({ client: 'The client', 'outside-calendar': 'An edit in Office 365', person: 'Somebody who is no longer here, or a program' } as Record<string, string>)[kind] ?? actor;
};
