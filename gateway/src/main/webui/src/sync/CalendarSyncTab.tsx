import { Alert, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { connect, listProviders } from '../api/calendarSync';
import type { Feed, Provider } from '../api/types';
import { Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { AccountFeeds } from './AccountFeeds';
import { AdminConsent } from './AdminConsent';
import { outcomeSentence } from './feedWords';
import { Office365Logo } from './Office365Logo';
import { RemainingEvents } from './RemainingEvents';
import { StopSyncWindow, type StopTarget } from './StopSyncWindow';
import { connectionsKey, feedsKey, useConnections, useFeeds } from './useFeeds';
import { ViewFeedWindow } from './ViewFeedWindow';

interface Props { staffId: string; own: boolean; staffName: string; returnTo: string }

/** Calendar Sync of one staff member: choose a provider, see the feeds, look into one, stop one. */
export function CalendarSyncTab({ staffId, own, staffName, returnTo }: Props) {
  const queries = useQueryClient();
  const providers = useQuery({ queryKey: ['providers', staffId], queryFn: () => listProviders(staffId) });
  const connections = useConnections(staffId);
  const feeds = useFeeds(staffId);
  const [viewed, setViewed] = useState<Feed | null>(null);
  const [stopping, setStopping] = useState<StopTarget | null>(null);
  const refused = useReturnFromMicrosoft();

  const begin = useMutation({
    mutationFn: (provider: Provider) => connect(provider.id, staffId, returnTo),
    onSuccess: (connection) => { if (connection.authorizationUrl) window.location.assign(connection.authorizationUrl); },
  });

  if (providers.isPending || connections.isPending || feeds.isPending) return <Waiting what="Loading calendar sync" />;
  const failed = connections.error ?? feeds.error;
  const shown = (connections.data?.items ?? []).filter(({ state }) => state !== 'STOPPED' && state !== 'PENDING');
  const running = (feeds.data?.items ?? []).filter(({ state }) => state !== 'STOPPED');
  const connected = shown.length > 0;
  const refresh = () => Promise.all([
    queries.invalidateQueries({ queryKey: feedsKey(staffId) }),
    queries.invalidateQueries({ queryKey: connectionsKey(staffId) }),
  ]);

  return (
    <Stack gap="xl">
      {failed && <ProblemNotice error={failed} retry={() => { void refresh(); }} />}
      {connected && (
        <section aria-labelledby="feeds-title">
          <Title order={2} fz={18} id="feeds-title" mb={2}>Office 365 Sync Feeds</Title>
          <Text size="sm" c="gray.6" mb="md">
            What Outlook shows as Busy closes {own ? 'your' : `${staffName}’s`} time here as [ext]; appointments appear in Outlook as [tt].
          </Text>
          <Stack gap="md">
            {shown.map((connection) => (
              <AccountFeeds key={connection.id} connection={connection} staffId={staffId} returnTo={returnTo} refresh={refresh}
                feeds={running.filter((feed) => feed.connectionId === connection.id)}
                view={setViewed} consentLink={providers.data?.items.find(({ id }) => id === connection.provider)?.adminConsentUrl} stop={setStopping} />
            ))}
          </Stack>
        </section>
      )}
      <RemainingEvents staffId={staffId} />
      {/* Where nobody knows what is connected, nobody shall connect it again. */}
      {connections.data && <section aria-labelledby="provider-title">
        <Title order={2} fz={18} id="provider-title" mb={2}>{connected ? 'Connect another account' : 'Choose your calendar provider'}</Title>
        <Text size="sm" c="gray.6" mb="md">
          {connected
            ? 'Several Office 365 accounts can be connected side by side.'
            : 'You will sign in on Microsoft’s own page and come back here; the first sync then starts by itself.'}
        </Text>
        <Stack gap="sm">
          <ProblemNotice error={providers.error} retry={() => { void providers.refetch(); }} />
          <ProblemNotice error={begin.error} />
          {refused === 'consent-required' && providers.data?.items.map((provider) => <AdminConsent key={provider.id} link={provider.adminConsentUrl} />)}
          {providers.data?.items.map((provider) => (
            <ProviderTile key={provider.id} provider={provider} busy={begin.isPending || begin.isSuccess} choose={() => begin.mutate(provider)} />
          ))}
        </Stack>
      </section>}
      {viewed && <ViewFeedWindow feed={viewed} own={own} close={() => setViewed(null)} />}
      {stopping && <StopSyncWindow target={stopping} staffId={staffId} own={own} staffName={staffName} close={() => setStopping(null)} done={refresh} />}
    </Stack>
  );
}

function ProviderTile({ provider, busy, choose }: { provider: Provider; busy: boolean; choose: () => void }) {
  const why = provider.unavailable;
  return (
    <Stack gap="sm" maw={560}>
      <button type="button" className="tt-tile" disabled={!provider.available || busy} onClick={choose}
        aria-describedby={why ? `why-${provider.id}` : undefined}>
        <Office365Logo muted={!provider.available} />
        <span>
          <Text component="span" display="block" fw={650} fz={17}>{provider.name}</Text>
          <Text component="span" display="block" size="sm" c="gray.6">
            {busy ? 'Taking you to Microsoft’s sign-in page…' : provider.available ? 'Sync with your Office 365 (Outlook) calendar' : 'Not part of your plan, or not available at the moment'}
          </Text>
        </span>
      </button>
      {why && (
        <Alert id={`why-${provider.id}`} color="blue" icon={<IconInfoCircle size={20} aria-hidden />}
          title={why.code === 'plan-upgrade-required' ? 'Calendar sync is part of the plans Professional and Business' : 'Why this is not available'}>
          <Text size="sm">{why.text}</Text>
        </Alert>
      )}
    </Stack>
  );
}

/** Microsoft's page sends people back with the outcome in the address; it is said once and then taken out of it. Answers why it was refused. */
function useReturnFromMicrosoft(): string | null {
  const [refused, setRefused] = useState<string | null>(null);
  const [query, setQuery] = useSearchParams();
  const outcome = query.get('outcome');
  const reason = query.get('reason');
  if (outcome && outcome !== 'connected' && reason !== refused) setRefused(reason);
  useEffect(() => {
    if (!outcome) return;
    if (reason === 'consent-required') {
      notifications.clean();
    } else if (outcome === 'connected') {
      notifications.show({ id: 'outcome', color: 'tether', title: 'Office 365 is connected', message: 'The first sync has started by itself.' });
    } else {
      notifications.show({
        id: 'outcome', color: outcome === 'declined' ? 'orange' : 'red', autoClose: false,
        title: 'Office 365 was not connected', message: outcomeSentence(outcome, reason),
      });
    }
    setQuery((was) => {
      const rest = new URLSearchParams(was);
      for (const name of ['outcome', 'reason', 'connection']) rest.delete(name);
      return rest;
    }, { replace: true });
  }, [outcome, reason, setQuery]);
  return refused;
}
