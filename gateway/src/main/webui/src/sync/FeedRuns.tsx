import { Badge, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listRuns } from '../api/calendarSync';
import type { Feed, SyncRun } from '../api/types';
import { dateTime, zoneName } from '../time/format';
import { useStaffMember } from '../appointments/useStaffZone';
import { Empty, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { sentence } from './feedWords';

const states: Record<SyncRun['state'], { label: string; colour: string }> = {
  QUEUED: { label: 'Waits', colour: 'gray' },
  RUNNING: { label: 'Running', colour: 'blue' },
  SUCCEEDED: { label: 'Succeeded', colour: 'green' },
  POSTPONED: { label: 'Comes back by itself', colour: 'orange' },
  FAILED: { label: 'Failed', colour: 'red' },
};

/** What the last syncs of a feed did. */
export function FeedRuns({ feed }: { feed: Feed }) {
  const { zone } = useStaffMember(feed.staffId);
  const runs = useQuery({ queryKey: ['feed-runs', feed.id], queryFn: () => listRuns(feed.id), refetchInterval: 5_000 });
  if (runs.isPending) return <Waiting what="Loading the runs" />;
  if (!runs.data) return <ProblemNotice error={runs.error} retry={() => { void runs.refetch(); }} />;
  if (runs.data.items.length === 0) return <Empty title="No sync has run yet" />;
  return (
    <>
      <Text size="xs" c="gray.6" mb={6}>The last {runs.data.items.length}, newest first. All times in {zoneName(zone)}.</Text>
      <table className="tt-table tt-stack">
        <caption className="tt-visually-hidden">Most recent syncs of this feed</caption>
        <thead><tr>{['Started at', 'Result', 'What was read', 'Events', 'Info'].map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
        <tbody>{runs.data.items.map((run) => (
          <tr key={run.id}>
            <td data-label="Started at" className="tt-numbers tt-nowrap">{dateTime(run.startedAt, zone)}</td>
            <td data-label="Result"><Badge variant="light" color={states[run.state].colour}>{states[run.state].label}</Badge></td>
            <td data-label="What was read">{run.fullRead ? 'Everything' : 'Changes'}</td>
            <td data-label="Events" className="tt-numbers">{counts(run)}</td>
            <td data-label="Info">{run.reason ? sentence(run.reason) : '–'}</td>
          </tr>
        ))}</tbody>
      </table>
    </>
  );
}

function counts({ processed, loaded, rejected, removed, held }: SyncRun): string {
  if (processed + removed + held === 0) return 'None had changed';
  return [`${processed} seen`, `${loaded} loaded`, `${rejected} not loaded`, removed ? `${removed} removed` : '', held ? `${held} held` : ''].filter(Boolean).join(', ');
}
