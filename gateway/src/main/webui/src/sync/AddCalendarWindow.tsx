import { Button, Checkbox, Radio, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { createFeed, listRemoteCalendars } from '../api/calendarSync';
import type { Connection, Feed } from '../api/types';
import { Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { Actions, Window } from '../ui/Window';
import { accountName } from './accounts';

interface Props { connection: Connection; /** Whose feed it becomes; not the account's owner, where a colleague shares it. */ staffId: string; feeds: Feed[]; close: () => void; done: () => Promise<unknown> }

/** Another calendar of a connected account: own, sub-calendar or shared; reading and writing are chosen apart. */
export function AddCalendarWindow({ connection, staffId, feeds, close, done }: Props) {
  const [calendarId, setCalendarId] = useState<string | null>(null);
  const [reading, setReading] = useState(true);
  const [writing, setWriting] = useState(false);
  const calendars = useQuery({ queryKey: ['remote-calendars', connection.id], queryFn: () => listRemoteCalendars(connection.id) });
  const chosen = calendars.data?.items.find(({ id }) => id === calendarId);
  const taken = new Set(feeds.map((feed) => feed.calendar.id));
  const writes = writing && chosen?.canEdit !== false;
  const add = useMutation({
    mutationFn: () => createFeed({ connectionId: connection.id, staffId, calendarId: calendarId!, reading, writing: writes }),
    onSuccess: async () => { close(); await done(); },
  });
  return (
    <Window title={`Add a calendar of ${accountName(connection)}`} close={close} size={520}>
      {calendars.isPending && <Waiting what="Asking Office 365 for the calendars" />}
      <Stack gap="md">
        <ProblemNotice error={calendars.error} retry={() => { void calendars.refetch(); }} />
        {calendars.data && (
          <>
            <Radio.Group value={calendarId} onChange={setCalendarId} label="Calendar">
              <Stack gap="xs" mt="xs">
                {calendars.data.items.map((calendar) => (
                  <Radio key={calendar.id} value={calendar.id} disabled={taken.has(calendar.id)} label={calendar.name}
                    description={[taken.has(calendar.id) ? 'already synced' : '', calendar.isDefault ? 'default calendar' : '', calendar.owner ? `of ${calendar.owner}` : '', calendar.canEdit ? '' : 'cannot be written to'].filter(Boolean).join(' · ') || undefined} />
                ))}
              </Stack>
            </Radio.Group>
            <Checkbox label="Read busy time from it" checked={reading} onChange={(event) => setReading(event.currentTarget.checked)} />
            <Checkbox label="Write appointments to it as [tt] events" checked={writes} disabled={chosen?.canEdit === false} onChange={(event) => setWriting(event.currentTarget.checked)} />
          </>
        )}
        <ProblemNotice error={add.error} />
        <Actions>
          <Button variant="default" onClick={close}>Cancel</Button>
          <Button disabled={!calendarId || (!reading && !writes)} loading={add.isPending} onClick={() => add.mutate()}>Add the calendar</Button>
        </Actions>
      </Stack>
    </Window>
  );
}
