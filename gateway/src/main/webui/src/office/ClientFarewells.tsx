import { List, Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { eraseClient, listClients, mergeClient } from '../api/scheduling';
import type { Client } from '../api/types';
import { ConfirmWindow } from '../ui/ConfirmWindow';
import { EraseWindow } from './EraseWindow';

const reach = (client: Client) => [client.email, client.phone].filter(Boolean).join(' · ');

/** The same person twice: one entry takes over the other one's bookings, and the other one goes. */
export function MergeClientWindow({ client, close }: { client: Client; close: () => void }) {
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 250);
  const [other, setOther] = useState<string | null>(null);
  const found = useQuery({ queryKey: ['clients', wanted], queryFn: () => listClients(wanted || undefined), placeholderData: keepPreviousData });
  const merge = useMutation({
    mutationFn: () => mergeClient(client, other!),
    onSuccess: async () => {
      notifications.show({ color: 'tether', message: `All bookings are ${client.name}’s now.` });
      await queries.invalidateQueries();
      close();
    },
  });
  const choices = found.data?.items.filter(({ id }) => id !== client.id) ?? [];
  return (
    <ConfirmWindow title={`Merge with ${client.name}`} keep="Cancel" confirm={{ label: 'Merge', run: merge.mutate, pending: merge.isPending, disabled: !other }} error={merge.error} close={close}>
      <Text size="sm">{client.name} {reach(client) && `(${reach(client)}) `}stays and takes over all bookings of the client you choose, and an e-mail address or phone number that is missing. The other one is gone afterwards; this cannot be taken back.</Text>
      <Select label="Which entry is the same person?" required searchable placeholder="Search by name" value={other} onChange={setOther} searchValue={text} onSearchChange={setText} limit={30}
        nothingFoundMessage="No other client is found" filter={({ options }) => options}
        data={choices.map((one) => ({ value: one.id, label: reach(one) ? `${one.name} (${reach(one)})` : one.name }))} />
    </ConfirmWindow>
  );
}

/** A client, for good. */
export function EraseClientWindow({ client, close }: { client: Client; close: () => void }) {
  return (
    <EraseWindow name={client.name} keep="Keep the client" erase={() => eraseClient(client)} close={close}>
      <List.Item>name, e-mail and phone, and the messages that were sent</List.Item>
      <List.Item>appointments of theirs alone, with the [tt] events in Office 365; in a group session their place</List.Item>
    </EraseWindow>
  );
}
