import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconClockExclamation } from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import { accountName } from '../sync/accounts';
import { isStale } from '../sync/feedWords';
import { useConnections, useFeeds, useNow } from '../sync/useFeeds';

/** What the signed-in staff member must know about their own sync, on every page but the one that says it all anyway. */
export function SyncBanners({ staffId }: { staffId: string }) {
  const here = useLocation().pathname === '/profile/calendar-sync';
  const now = useNow(30_000);
  const connections = useConnections(staffId);
  const feeds = useFeeds(staffId);
  // Only the owner can put a shared account right; to a colleague its calendar is merely not confirmed.
  const dead = connections.data?.items.filter((connection) => connection.state === 'RECONNECT_REQUIRED' && connection.staffId === staffId) ?? [];
  const deadIds = new Set(dead.map(({ id }) => id));
  const asking = feeds.data?.items.filter((feed) => !deadIds.has(feed.connectionId) && (feed.state === 'HELD' || feed.state === 'PARKED')) ?? [];
  const stale = feeds.data?.items.filter((feed) => !deadIds.has(feed.connectionId) && feed.state === 'ACTIVE' && isStale(feed, now)) ?? [];
  if (here || dead.length + asking.length + stale.length === 0) return null;
  const where = <Anchor component={Link} to="/profile/calendar-sync" fw={600} size="sm">Open Calendar Sync</Anchor>;
  return (
    <Stack gap="xs" mb="lg">
      {dead.map((connection) => (
        <Alert key={connection.id} role="alert" color="red" icon={<IconAlertTriangle size={20} aria-hidden />} title="Reconnect your Office 365 account">
          <Text size="sm">Microsoft no longer accepts the authorisation for {accountName(connection)}. Nothing is exchanged until you sign in there again; your last known busy time stays closed. {where}</Text>
        </Alert>
      ))}
      {asking.length > 0 && (
        <Alert role="alert" color="orange" icon={<IconAlertTriangle size={20} aria-hidden />} title="Your calendar sync needs a decision">
          <Text size="sm">{asking.map((feed) => `“${feed.calendar.name}”`).join(', ')}: nothing is lost, but the sync waits for you. {where}</Text>
        </Alert>
      )}
      {stale.length > 0 && (
        <Alert role="status" color="orange" icon={<IconClockExclamation size={20} aria-hidden />} title="Your Office 365 calendar was not confirmed lately">
          <Text size="sm">The times below may be out of date ({stale.map((feed) => `“${feed.calendar.name}”`).join(', ')}). The last known busy time stays closed. {where}</Text>
        </Alert>
      )}
    </Stack>
  );
}
