import { ActionIcon, Alert, Badge, Box, Button, Group, Menu, Progress, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconDotsVertical, IconMail, IconPlayerPause, IconPlayerPlay, IconPlugConnected, IconPlus, IconRefresh, IconSettings, IconUnlink, IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getRemoval, pauseFeed, reconnect, resumeFeed, syncNow, testConnection } from '../api/calendarSync';
import type { Connection, Feed } from '../api/types';
import { useStaffMember } from '../appointments/useStaffZone';
import { asProblem } from '../api/problem';
import { ago, dateTime } from '../time/format';
import { browserZone } from '../time/zones';
import { ProblemNotice } from '../ui/ProblemNotice';
import { AdminConsent } from './AdminConsent';
import { AddCalendarWindow } from './AddCalendarWindow';
import { connectionState, direction, feedState, isStale, sentence } from './feedWords';
import { FeedProgressBar, FirstSyncAnnounced } from './FeedProgressBar';
import { FeedSettingsWindow } from './FeedSettingsWindow';
import { SharesWindow } from './SharesWindow';
import type { StopTarget } from './StopSyncWindow';
import { accountName } from './accounts';
import { isRunning, useNow } from './useFeeds';

interface Props {
  connection: Connection;
  feeds: Feed[];
  /** Whose tab this is: the account's owner, or a colleague with whom it is shared. */
  staffId: string;
  /** Where Microsoft's page sends people back to. */
  returnTo: string;
  refresh: () => Promise<unknown>;
  view: (feed: Feed) => void;
  /** Where an administrator of the Microsoft organisation approves Timetether. */
  consentLink: string | undefined;
  stop: (target: StopTarget) => void;
}

/** One connected Microsoft account with the feeds of its calendars. */
export function AccountFeeds({ connection, feeds, staffId, returnTo, refresh, view, consentLink, stop }: Props) {
  const words = connectionState(connection);
  const shared = connection.staffId !== staffId;
  const owner = useStaffMember(shared ? connection.staffId : undefined).name || 'a colleague';
  const [open, setOpen] = useState<'add' | 'share' | null>(null);
  const again = useMutation({
    mutationFn: () => reconnect(connection.id, returnTo),
    onSuccess: (answer) => { if (answer.authorizationUrl) window.location.assign(answer.authorizationUrl); },
  });
  const test = useMutation({
    mutationFn: () => testConnection(connection.id),
    onSuccess: async ({ outcome, text }) => {
      notifications.show({ color: outcome === 'WORKS' ? 'tether' : 'orange', title: outcome === 'WORKS' ? 'The connection works' : 'The connection does not work right now', message: text });
      await refresh();
    },
    onError: refused,
  });
  const troubled = connection.state === 'RECONNECT_REQUIRED' || connection.state === 'PARKED';
  return (
    <Box className="tt-card">
      <Group justify="space-between" px="md" py="sm" gap="sm" style={{ borderBottom: '1px solid var(--tt-line)' }}>
        <Group gap="sm" wrap="nowrap" miw={0}>
          <IconMail size={20} color="#5a6875" aria-hidden />
          <Box miw={0}>
            <Text fw={600} size="sm" truncate>{accountName(connection)}</Text>
            {shared ? <Text size="xs" c="gray.6" truncate>Shared by {owner}</Text>
              : connection.account?.name && connection.account.name !== accountName(connection) && <Text size="xs" c="gray.6" truncate>{connection.account.name}</Text>}
          </Box>
          {words && <Badge variant="light" color={words.colour} flex="none">{words.label}</Badge>}
        </Group>
        {connection.state !== 'STOPPING' && (
          <Group gap="xs">
            {connection.state === 'ACTIVE' && (
              <Button variant="default" size="compact-sm" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setOpen('add')}>Add a calendar</Button>
            )}
            {!shared && <Menu position="bottom-end" withinPortal>
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" aria-label={`More for ${accountName(connection)}`}><IconDotsVertical size={18} /></ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconUsers size={16} aria-hidden />} onClick={() => setOpen('share')}>Share with colleagues</Menu.Item>
                <Menu.Item leftSection={<IconPlugConnected size={16} aria-hidden />} onClick={() => test.mutate()}>Test the connection</Menu.Item>
                <Menu.Item leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => again.mutate()}>Sign in at Microsoft again</Menu.Item>
                <Menu.Item color="red" leftSection={<IconUnlink size={16} aria-hidden />} onClick={() => stop({ kind: 'connection', connection, feeds })}>
                  Stop all feeds of this account
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>}
          </Group>
        )}
      </Group>
      {(troubled || again.error) && (
        <Box p="md" pb={0}>
          {troubled && words && (
            <Alert role="alert" color={words.colour} icon={<IconAlertTriangle size={20} aria-hidden />} title={words.label}>
              <Text size="sm">{connection.reason ? sentence(connection.reason) : words.sentence}</Text>
              {connection.remedy && <Text size="sm" mt={4}>{sentence(connection.remedy)}</Text>}
              {shared && <Text size="sm" mt={4}>{owner}, who shares it, can put that right.</Text>}
              {connection.state === 'RECONNECT_REQUIRED' && !shared && <Button mt="sm" color="red" size="xs" loading={again.isPending} onClick={() => again.mutate()}>Reconnect</Button>}
            </Alert>
          )}
          {connection.reasonCode === 'consent-required' && consentLink && <Box mt="sm"><AdminConsent link={consentLink} /></Box>}
          <ProblemNotice error={again.error} />
        </Box>
      )}
      {connection.state === 'STOPPING' && <RemovalProgress connection={connection} />}
      {feeds.length > 0 && (
        <table className="tt-table tt-stack">
          <caption className="tt-visually-hidden">Feeds of {accountName(connection)}</caption>
          <thead><tr><th scope="col">Calendar</th><th scope="col">State</th><th scope="col">Last synced</th><th scope="col">Actions</th></tr></thead>
          <tbody>
            {feeds.map((feed) => <FeedRow key={feed.id} feed={feed} connected={connection.state === 'ACTIVE'} refresh={refresh} view={view} stop={() => stop({ kind: 'feed', feed, connection, last: feeds.length === 1 && !shared })} />)}
          </tbody>
        </table>
      )}
      {feeds.length === 0 && connection.state === 'ACTIVE' && <Text p="md" size="sm" c="gray.6">{shared ? `None of its calendars is used yet. Add one: to write appointments to it, or to be busy by it.` : 'No calendar of this account is synced. Add one, or stop the account.'}</Text>}
      {open === 'add' && <AddCalendarWindow connection={connection} staffId={staffId} feeds={feeds} close={() => setOpen(null)} done={refresh} />}
      {open === 'share' && <SharesWindow connection={connection} close={() => setOpen(null)} />}
    </Box>
  );
}

function refused(error: unknown) {
  const problem = asProblem(error);
  notifications.show({ color: 'red', title: problem.title, message: problem.detail ?? '' });
}

function FeedRow({ feed, connected, refresh, view, stop }: { feed: Feed; connected: boolean; refresh: () => Promise<unknown>; view: (feed: Feed) => void; stop: () => void }) {
  const now = useNow();
  const [settings, setSettings] = useState(false);
  const words = connected ? feedState(feed) : { label: 'Waits for the account', colour: 'orange', sentence: '' };
  const act = useMutation({
    mutationFn: ({ run }: { run: () => Promise<unknown>; said?: string }) => run(),
    onSuccess: async (_, { said }) => {
      if (said) notifications.show({ color: 'tether', message: said });
      await refresh();
    },
    onError: refused,
  });
  const stale = isStale(feed, now);
  const name = feed.calendar.name;
  return (
    <tr>
      <td data-label="Calendar">
        <div>
          <Text size="sm" fw={600}>{name}{feed.calendar.isDefault && <Text span size="xs" c="gray.6" fw={400}> · default calendar</Text>}</Text>
          <Text size="xs" c="gray.6">{direction(feed)}{feed.calendar.owner ? ` · ${feed.calendar.owner}` : ''}</Text>
        </div>
      </td>
      <td data-label="State">
        <Stack gap={6} maw={400} align="flex-start">
          <Badge variant="light" color={words.colour}>{words.label}</Badge>
          <FirstSyncAnnounced feed={feed} />
          {connected && isRunning(feed) && <Box w="100%" miw={180}><FeedProgressBar feed={feed} /></Box>}
          {feed.state !== 'ACTIVE' && feed.state !== 'FIRST_SYNC' && <Text size="xs" c="gray.7">{feed.reason ? sentence(feed.reason) : words.sentence}</Text>}
          {(feed.state === 'ACTIVE' || feed.state === 'FIRST_SYNC') && feed.reason && <Text size="xs" c="gray.7">{sentence(feed.reason)}</Text>}
          {feed.writing && feed.writingProblem && <Text size="xs" c="#8f4600" fw={600}>Writing: {sentence(feed.writingProblem)}</Text>}
          {feed.state === 'ACTIVE' && feed.notifications?.active === false && (
            <Text size="xs" c="gray.6">Microsoft sends no notifications for this calendar, so it is asked about every minute.</Text>
          )}
          {feed.remedy && feed.state !== 'HELD' && <Text size="xs" c="gray.7">{sentence(feed.remedy)}</Text>}
          {feed.state === 'HELD' && (
            <Group gap="xs">
              <Button size="compact-xs" variant="default" onClick={() => act.mutate({ run: () => resumeFeed(feed.id, 'RESYNC'), said: 'The calendar is being read afresh.' })}>Read it again</Button>
              <Button size="compact-xs" color="red" variant="light" onClick={() => act.mutate({ run: () => resumeFeed(feed.id, 'APPLY'), said: 'The removals are being applied.' })}>They are really gone</Button>
            </Group>
          )}
          {feed.lastOutsideEdit && (
            <Text size="xs" c="gray.7"><b>Edited in Office 365</b> {ago(feed.lastOutsideEdit.at, now)}: {sentence(feed.lastOutsideEdit.text)}</Text>
          )}
          {stale && feed.state === 'ACTIVE' && <Text size="xs" c="#9a4a00" fw={600}>Not confirmed for more than 15 minutes; the last known busy time stays.</Text>}
        </Stack>
      </td>
      <td data-label="Last synced" className="tt-nowrap">
        {feed.lastSyncedAt
          ? <Text size="sm" className="tt-numbers" title={`${dateTime(feed.lastSyncedAt, browserZone())} (${browserZone()})`}>{ago(feed.lastSyncedAt, now)}</Text>
          : <Text size="sm" c="gray.6">Not yet</Text>}
      </td>
      <td data-label="Actions" className="tt-cell-wide tt-nowrap">
        <Group gap={6} className="tt-actions">
          <Button size="compact-sm" variant="default" onClick={() => view(feed)} aria-label={`View Feed: ${name}`}>View Feed</Button>
          <Button size="compact-sm" variant="default" leftSection={<IconRefresh size={15} aria-hidden />} loading={act.isPending} disabled={feed.state !== 'ACTIVE' || !connected}
            aria-label={`Sync now: ${name}`} onClick={() => act.mutate({ run: () => syncNow(feed.id), said: 'A sync has been asked for; it takes a few seconds.' })}>Sync now</Button>
          <Button size="compact-sm" color="red" onClick={stop} aria-label={`Stop Sync: ${name}`}>Stop Sync</Button>
          <Menu position="bottom-end" withinPortal>
            <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={`More for ${name}`}><IconDotsVertical size={18} /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconSettings size={16} aria-hidden />} onClick={() => setSettings(true)}>Settings</Menu.Item>
              {feed.state === 'PAUSED'
                ? <Menu.Item leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={() => act.mutate({ run: () => resumeFeed(feed.id), said: 'The sync goes on.' })}>Resume</Menu.Item>
                : <Menu.Item leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={() => act.mutate({ run: () => pauseFeed(feed.id), said: 'The sync is paused; the last known busy time stays.' })}>Pause</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
        </Group>
        {settings && <FeedSettingsWindow feed={feed} close={() => setSettings(false)} done={refresh} />}
      </td>
    </tr>
  );
}

function RemovalProgress({ connection }: { connection: Connection }) {
  const removal = useQuery({ queryKey: ['removal', connection.id], queryFn: () => getRemoval(connection.id), refetchInterval: 2_000 });
  const { total = 0, removed = 0 } = removal.data ?? {};
  return (
    <Box p="md" role="status" aria-live="polite">
      <Progress value={total > 0 ? (100 * removed) / total : 100} animated striped size="sm" radius="xl" aria-label="Removing the [tt] events" />
      <Text size="xs" c="gray.7" mt={5}>
        {removal.error ? 'The [tt] events are being removed from Office 365.' : `Removing the [tt] events from Office 365: ${removed} of ${total}. You may leave this page.`}
      </Text>
    </Box>
  );
}
