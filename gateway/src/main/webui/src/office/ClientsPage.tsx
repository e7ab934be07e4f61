import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch, IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createClient, listClients } from '../api/scheduling';
import { Empty, PageTitle, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { Actions, Window } from '../ui/Window';

export function ClientsPage() {
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 250);
  const [adding, setAdding] = useState(false);
  const clients = useQuery({ queryKey: ['clients', wanted], queryFn: () => listClients(wanted || undefined) });
  return (
    <>
      <PageTitle aside={<Button onClick={() => setAdding(true)}>New client</Button>}>Clients</PageTitle>
      <TextInput mb="md" maw={360} aria-label="Search clients" placeholder="Search clients" leftSection={<IconSearch size={16} aria-hidden />} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <div className="tt-card">
        {clients.isPending && <Waiting />}
        <ProblemNotice error={clients.error} retry={() => { void clients.refetch(); }} />
        {clients.data?.items.length === 0 && <Empty title={wanted ? `No client matches “${wanted}”` : 'No clients yet'} icon={<IconUsers size={24} />}>{wanted ? undefined : 'They appear here with their first booking, or when you add one.'}</Empty>}
        {clients.data && clients.data.items.length > 0 && (
          <table className="tt-table tt-stack">
            <thead><tr><th scope="col">Name</th><th scope="col">E-mail</th><th scope="col">Phone</th></tr></thead>
            <tbody>{clients.data.items.map((client) => (
              <tr key={client.id}><td data-label="Name"><Text size="sm" fw={600}>{client.name}</Text></td><td data-label="E-mail">{client.email ?? '–'}</td><td data-label="Phone">{client.phone ?? '–'}</td></tr>
            ))}</tbody>
          </table>
        )}
      </div>
      {clients.data?.next && <Text size="sm" c="gray.6" mt="sm">There are more; search to narrow them down.</Text>}
      {adding && <NewClient close={() => setAdding(false)} />}
    </>
  );
}

function NewClient({ close }: { close: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [phone, setPhone] = useState('');
  const create = useMutation({
    mutationFn: () => createClient({ name: name.trim(), email: email.trim() || undefined, phone: phone.trim() || undefined }),
    onSuccess: async () => { close(); await queries.invalidateQueries({ queryKey: ['clients'] }); },
  });
  return (
    <Window title="New client" close={close}>
      <form onSubmit={(event) => { event.preventDefault(); create.mutate(); }}>
        <Stack>
          <TextInput label="Name" required maxLength={200} data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput label="E-mail" type="email" maxLength={254} value={email} onChange={(event) => setEmail(event.currentTarget.value)} />
          <TextInput label="Phone" type="tel" maxLength={40} value={phone} onChange={(event) => setPhone(event.currentTarget.value)} />
          <ProblemNotice error={create.error} />
          <Actions><Button variant="default" type="button" onClick={close}>Cancel</Button><Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>Add the client</Button></Actions>
        </Stack>
      </form>
    </Window>
  );
}
