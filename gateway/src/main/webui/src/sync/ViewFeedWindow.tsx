import { Alert, Button, Center, Tabs, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconInfoCircle } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { safeLink } from '../appointments/ExternalExplanation';
import { listFeedItems } from '../api/calendarSync';
import type { Feed, FeedItem } from '../api/types';
import { dateTime, longDate, zoneName } from '../time/format';
import { Empty, LoadedMark, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { Window } from '../ui/Window';
import { FeedRuns } from './FeedRuns';
import { itemInfo } from './feedWords';

/** View Feed: the most recent events of one calendar, each with what became of it. */
export function ViewFeedWindow({ feed, own, close }: { feed: Feed; own: boolean; close: () => void }) {
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const [tab, setTab] = useState('events');
  return (
    <Window title={`Feed of “${feed.calendar.name}”`} close={close} size={1080} fullScreen={narrow}>
      <Tabs value={tab} mih={narrow ? undefined : 420} onChange={(value) => setTab(value ?? 'events')} keepMounted={false}>
        <Tabs.List mb="md"><Tabs.Tab value="events">Events</Tabs.Tab><Tabs.Tab value="runs">Runs</Tabs.Tab></Tabs.List>
        <Tabs.Panel value="events"><Events feed={feed} own={own} close={close} /></Tabs.Panel>
        <Tabs.Panel value="runs"><FeedRuns feed={feed} /></Tabs.Panel>
      </Tabs>
    </Window>
  );
}

function Events({ feed, own, close }: { feed: Feed; own: boolean; close: () => void }) {
  const items = useInfiniteQuery({
    queryKey: ['feed-items', feed.id],
    queryFn: ({ pageParam }) => listFeedItems(feed.id, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const zone = items.data?.pages[0]?.timeZone ?? 'UTC';
  const rows = items.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Alert color="gray" icon={<IconInfoCircle size={20} aria-hidden />} mb="md">
        <Text size="sm">
          These are the events processed most recently. <b>A red cross is normal</b>: it says that Timetether saw the event and left it out, because it is an
          appointment of its own, is already in {own ? 'your' : 'the'} calendar, or shows {own ? 'you' : 'the person'} as Available. The column Info says which.
        </Text>
      </Alert>
      {items.isPending && <Waiting what="Loading the feed" />}
      <ProblemNotice error={items.error} retry={() => { void items.refetch(); }} />
      {items.data && rows.length === 0 && <Empty title="No events yet">{feed.state === 'FIRST_SYNC' ? 'The first sync is still running; events appear here as they are read.' : 'This calendar has no events in the time that is synced. That is fine.'}</Empty>}
      {rows.length > 0 && (
        <>
          <Text size="xs" c="gray.6" mb={6}>All times in {zoneName(zone)}.</Text>
          <div style={{ overflowX: 'auto' }}>
            <table className="tt-table tt-stack">
              <caption className="tt-visually-hidden">Most recent events of this feed</caption>
              <thead><tr>{['ID', 'Starts at', 'Ends at', 'Subject', 'Loaded', 'Info'].map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
              <tbody>{rows.map((item, index) => <Row key={index} item={item} zone={zone} close={close} />)}</tbody>
            </table>
          </div>
          {items.hasNextPage && <Center mt="md"><Button variant="default" loading={items.isFetchingNextPage} onClick={() => void items.fetchNextPage()}>Show more</Button></Center>}
        </>
      )}
    </>
  );
}

/** The subject, for the calendar's owner with the way to the event itself. */
function Subject({ item: { subject, webLink } }: { item: FeedItem }) {
  const words = subject ?? <Text span size="sm" c="gray.6">hidden</Text>;
  return <span>{safeLink(webLink) ? <a href={webLink!} target="_blank" rel="noopener noreferrer" title="Open it in Outlook">{words}</a> : words}</span>;
}

function Row({ item, zone, close }: { item: FeedItem; zone: string; close: () => void }) {
  const time = (instant: string | null | undefined, end: boolean) => {
    if (!instant) return '–';
    if (!item.allDay) return dateTime(instant, zone);
    // An all-day event ends before the midnight that its end names.
    return `${longDate(end ? new Date(Date.parse(instant) - 1000).toISOString() : instant, zone)}, all day`;
  };
  return (
    <tr>
      <td data-label="ID" className="tt-numbers">
        {item.number === null || item.number === undefined ? '–' : <Link to={`/appointments?entry=${item.number}`} onClick={close}>{item.number}</Link>}
      </td>
      <td data-label="Starts at" className="tt-numbers tt-nowrap">{time(item.startsAt, false)}</td>
      <td data-label="Ends at" className="tt-numbers tt-nowrap">{time(item.endsAt, true)}</td>
      <td data-label="Subject"><Subject item={item} /></td>
      <td data-label="Loaded" className="tt-nowrap"><LoadedMark loaded={item.loaded} /></td>
      <td data-label="Info">{itemInfo(item, zone)}</td>
    </tr>
  );
}
