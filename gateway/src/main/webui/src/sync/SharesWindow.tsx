import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { listShares, share, withdrawShare } from '../api/calendarSync';
import { listStaff } from '../api/scheduling';
import type { Connection } from '../api/types';
import { longDate } from '../time/format';
import { browserZone } from '../time/zones';
import { ConfirmWindow } from '../ui/ConfirmWindow';
import { Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { Actions, Window } from '../ui/Window';
import { accountName } from './accounts';

/** With whom an account is shared: named colleagues may write to its calendars, or be busy by them. */
export function SharesWindow({ connection, close }: { connection: Connection; close: () => void }) {
  const queries = useQueryClient();
  const key = ['shares', connection.id];
  const shares = useQuery({ queryKey: key, queryFn: () => listShares(connection.id) });
  const staff = useQuery({ queryKey: ['staff'], queryFn: listStaff });
  const [chosen, setChosen] = useState<string | null>(null);
  const [ending, setEnding] = useState<string | null>(null);
  const again = () => queries.invalidateQueries({ queryKey: key });
  const grant = useMutation({ mutationFn: () => share(connection.id, chosen!), onSuccess: async () => { setChosen(null); await again(); } });
  const withdraw = useMutation({ mutationFn: (staffId: string) => withdrawShare(connection.id, staffId), onSuccess: async () => { await again(); setEnding(null); } });
  const nameOf = (staffId: string) => staff.data?.items.find(({ id }) => id === staffId)?.name ?? 'Somebody who is no longer here';
  const items = shares.data?.items ?? [];
  const others = staff.data?.items.filter(({ id, active }) => active && id !== connection.staffId && items.every((one) => one.staffId !== id)) ?? [];
  return (
    <Window title={`Share ${accountName(connection)}`} close={close} size={560}>
      <Stack>
        <Text size="sm">
          A colleague can then choose one of this account’s calendars on their own Calendar Sync tab: to write their appointments to it, or to be busy by it.
          They do not see your subjects unless you share those, and cannot stop your feeds.
        </Text>
        {(shares.isPending || staff.isPending) && <Waiting />}
        <ProblemNotice error={shares.error ?? staff.error} retry={() => { void shares.refetch(); void staff.refetch(); }} />
        {shares.data && staff.data && (
          items.length === 0
            ? <Alert color="gray" icon={<IconUsers size={20} aria-hidden />}><Text size="sm">Nobody else uses this account yet.</Text></Alert>
            : (
              <Stack component="ul" gap={0} m={0} p={0} className="tt-card" style={{ listStyle: 'none' }} aria-label="Shared with">
                {items.map((one) => (
                  <Group component="li" key={one.staffId} justify="space-between" px="md" py="sm" gap="sm" className="tt-row">
                    <div>
                      <Text size="sm" fw={600}>{nameOf(one.staffId)}</Text>
                      <Text size="xs" c="gray.6">since {longDate(one.grantedAt, browserZone())}</Text>
                    </div>
                    <Button size="compact-sm" variant="default" aria-label={`End the share with ${nameOf(one.staffId)}`} onClick={() => setEnding(one.staffId)}>End the share</Button>
                  </Group>
                ))}
              </Stack>
            )
        )}
        {staff.data && (
          <Group align="flex-end" gap="sm">
            <Select flex={1} miw={200} label="Colleague" searchable placeholder={others.length === 0 ? 'Nobody is left to share with' : 'Choose'} disabled={others.length === 0} value={chosen} onChange={setChosen}
              nothingFoundMessage="Nobody has this name" data={others.map(({ id, name }) => ({ value: id, label: name }))} />
            <Button disabled={!chosen} loading={grant.isPending} onClick={() => grant.mutate()}>Share</Button>
          </Group>
        )}
        <ProblemNotice error={grant.error} />
        <Actions><Button variant="default" onClick={close}>Done</Button></Actions>
      </Stack>
      {ending && (
        <ConfirmWindow title={`End the share with ${nameOf(ending)}?`} keep="Keep it" confirm={{ label: 'End the share', run: () => withdraw.mutate(ending), pending: withdraw.isPending }} error={withdraw.error} close={() => setEnding(null)}>
          <Text size="sm">Their feeds on this account stop, and the time that only those feeds closed becomes bookable. Events that they wrote to it stay.</Text>
        </ConfirmWindow>
      )}
    </Window>
  );
}
