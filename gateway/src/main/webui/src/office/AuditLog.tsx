import { Button, Center, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { listAuditEntries, listClients, listLocations, listMachineClients, listPeople, listServices, listStaff } from '../api/scheduling';
import type { AuditEntry } from '../api/types';
import { dateTime, zoneName } from '../time/format';
import { Empty, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';

const things: Record<string, string> = { STAFF: 'Staff member', HOURS: 'Working hours', SERVICE: 'Service', CLIENT: 'Client', LOCATION: 'Location', TIME_OFF: 'Time off', MACHINE_CLIENT: 'Program', PERSON: 'Person', ORGANISATION: 'Organisation', PLAN: 'Plan' };

/** "STAFF_CHANGED" → "Staff member changed". */
export function actionWords(action: string): string {
  const at = action.lastIndexOf('_');
  const thing = things[action.slice(0, at)];
  const words = thing ? `${thing} ${action.slice(at + 1).toLowerCase()}` : action.replace(/_/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Who did what. The log itself holds ids only; names are those of today, as far as there is still somebody to name. */
export function AuditLog({ zone }: { zone: string }) {
  const names = useNames();
  const log = useInfiniteQuery({
    queryKey: ['audit-log'],
    queryFn: ({ pageParam }) => listAuditEntries(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const rows = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Text size="sm" c="gray.6" mb="md">Newest first; it cannot be changed. What happened to one appointment stands with the appointment. Times in {zoneName(zone)}.</Text>
      <div className="tt-card">
        {log.isPending && <Waiting />}
        <ProblemNotice error={log.error} retry={() => { void log.refetch(); }} />
        {log.data && rows.length === 0 && <Empty title="Nothing yet" icon={<IconHistory size={24} />} />}
        {rows.length > 0 && (
          <table className="tt-table tt-stack">
            <caption className="tt-visually-hidden">Who did what</caption>
            <thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">Which</th></tr></thead>
            <tbody>{rows.map((entry) => <Row key={entry.id} entry={entry} zone={zone} names={names} />)}</tbody>
          </table>
        )}
      </div>
      {log.hasNextPage && <Center mt="md"><Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>Show more</Button></Center>}
    </>
  );
}

function Row({ entry, zone, names }: { entry: AuditEntry; zone: string; names: Map<string, string> }) {
  const [kind = '', id = ''] = entry.actor.split(':');
  const who = names.get(id) ?? (kind === 'operator' ? 'The operator' : kind === 'person' ? 'Somebody who is no longer here' : entry.actor);
  return (
    <tr>
      <td data-label="When" className="tt-numbers tt-nowrap">{dateTime(entry.at, zone)}</td>
      <td data-label="Who">{who}</td>
      <td data-label="What">{actionWords(entry.action)}</td>
      <td data-label="Which">{names.get(entry.entityId) ?? <Text span size="xs" c="gray.6" style={{ overflowWrap: 'anywhere' }}>{entry.entityId}</Text>}</td>
    </tr>
  );
}

/** What the ids are called today; who was erased has no name any more. */
function useNames(): Map<string, string> {
  const people = useQuery({ queryKey: ['people'], queryFn: () => listPeople() });
  const staff = useQuery({ queryKey: ['staff'], queryFn: listStaff });
  const services = useQuery({ queryKey: ['services'], queryFn: listServices });
  const programs = useQuery({ queryKey: ['machine-clients'], queryFn: listMachineClients });
  const locations = useQuery({ queryKey: ['locations'], queryFn: listLocations });
  const clients = useQuery({ queryKey: ['clients', ''], queryFn: () => listClients() });
  const named: { id: string; name: string }[] = [people.data, staff.data, services.data, programs.data, locations.data, clients.data].flatMap((page): { id: string; name: string }[] => page?.items.slice() ?? []);
  return new Map(named.map(({ id, name }) => [id, name]));
}
