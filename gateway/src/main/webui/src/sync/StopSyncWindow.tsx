import { Alert, Anchor, Button, List, Radio, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCalendarOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { stopConnection, stopFeed } from '../api/calendarSync';
import { getCalendar, getStaff } from '../api/scheduling';
import type { Connection, Feed, WrittenEvents } from '../api/types';
import { range, zoneName } from '../time/format';
import { ProblemNotice } from '../ui/ProblemNotice';
import { Actions, Window } from '../ui/Window';
import { accountName } from './accounts';

export type StopTarget =
  | { kind: 'feed'; feed: Feed; connection: Connection; last: boolean }
  | { kind: 'connection'; connection: Connection; feeds: Feed[] };

interface Props { target: StopTarget; staffId: string; own: boolean; staffName: string; close: () => void; done: () => Promise<unknown> }

/** Confirms a stop: says what becomes bookable, and asks what shall happen to the [tt] events. */
export function StopSyncWindow({ target, staffId, own, staffName, close, done }: Props) {
  const queries = useQueryClient();
  const [writtenEvents, setWrittenEvents] = useState<WrittenEvents>('KEEP');
  const feeds = target.kind === 'feed' ? [target.feed] : target.feeds;
  const reads = feeds.some(({ reading }) => reading);
  const writes = feeds.some(({ writing }) => writing);
  const what = target.kind === 'feed' ? `“${target.feed.calendar.name}” (${accountName(target.connection)})` : accountName(target.connection);
  const stop = useMutation({
    mutationFn: (): Promise<unknown> => target.kind === 'feed' ? stopFeed(target.feed.id, writtenEvents) : stopConnection(target.connection.id, writtenEvents),
    onSuccess: async () => {
      notifications.show({ color: 'tether', title: 'The sync has been stopped', message: writes && writtenEvents === 'REMOVE' ? 'The [tt] events are being removed from Office 365.' : `Nothing is exchanged with ${what} any more.` });
      // The button that opened this window goes with the feed; only then the focus can find a place that stays.
      await done();
      close();
      await queries.invalidateQueries({ queryKey: ['calendar'] });
    },
  });
  return (
    <Window title={`Stop the sync with ${what}?`} close={close} size={560}>
      <Stack gap="md">
        {reads && (
          <Alert color="orange" icon={<IconCalendarOff size={20} aria-hidden />} title="What becomes bookable">
            <Text size="sm">
              All of {own ? 'your' : `${staffName}’s`} time that is closed only by events of this calendar becomes <b>bookable by clients at once</b>.
              Appointments, and time off entered in Timetether, stay.
            </Text>
            <Upcoming staffId={staffId} />
          </Alert>
        )}
        {writes && (
          <Radio.Group value={writtenEvents} onChange={(value) => setWrittenEvents(value as WrittenEvents)} label="What shall happen to the [tt] events in Office 365?">
            <Stack gap="xs" mt="xs">
              <Radio value="KEEP" label="Keep them" description="They stay in Outlook as they are now and no longer follow changes made here." />
              <Radio value="REMOVE" label="Remove them" description="Only events that Timetether wrote are removed; everything else in the calendar is left alone." />
            </Stack>
          </Radio.Group>
        )}
        <Text size="xs" c="gray.6">
          {(target.kind === 'connection' || target.last) && (
            <>Timetether deletes its authorisation for this account. The consent itself is withdrawn at{' '}
              <Anchor size="xs" href="https://myapps.microsoft.com" target="_blank" rel="noopener noreferrer">myapps.microsoft.com</Anchor>. </>
          )}
          Other feeds and colleagues that use the same account are not affected.
        </Text>
        <ProblemNotice error={stop.error} />
        <Actions>
          <Button variant="default" onClick={close} data-autofocus>Do not stop</Button>
          <Button color="red" loading={stop.isPending} onClick={() => stop.mutate()}>Stop Sync</Button>
        </Actions>
      </Stack>
    </Window>
  );
}

/** The next times that imported events keep closed, as far as the calendar tells. */
function Upcoming({ staffId }: { staffId: string }) {
  const next = useQuery({
    queryKey: ['upcoming-external', staffId],
    queryFn: async () => {
      const now = Date.now();
      const [staff, calendar] = await Promise.all([
        getStaff(staffId), getCalendar(staffId, new Date(now).toISOString(), new Date(now + 14 * 86_400_000).toISOString()),
      ]);
      return { zone: staff.timeZone, entries: calendar.items.filter(({ source }) => source === 'EXTERNAL') };
    },
  });
  if (!next.data || next.data.entries.length === 0) return null;
  const { zone, entries } = next.data;
  return (
    <>
      <Text size="sm" mt="xs">
        In the next 14 days {entries.length} imported {entries.length === 1 ? 'event closes' : 'events close'} time, for example ({zoneName(zone)}):
      </Text>
      <List size="sm" mt={4}>
        {entries.slice(0, 3).map((entry) => <List.Item key={entry.id}>{range(entry.startAt, entry.endAt, zone, entry.allDay)} · {entry.title}</List.Item>)}
      </List>
    </>
  );
}
