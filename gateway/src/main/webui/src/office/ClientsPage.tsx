import { ActionIcon, Badge, Button, Group, Menu, Switch, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconArrowMerge, IconDotsVertical, IconEraser, IconSearch, IconUsers } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeClient, createClient, listClients } from '../api/scheduling';
import type { Client } from '../api/types';
import { isAdmin, useMe } from '../app/identity';
import { fieldError, FormWindow } from '../ui/FormWindow';
import { Empty, PageTitle, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { EraseClientWindow, MergeClientWindow } from './ClientFarewells';

type Open = { kind: 'new' } | { kind: 'change' | 'merge' | 'erase'; client: Client };

/** Who books: found by parts of name, address and number; changed by anybody, merged and erased by administrators. */
export function ClientsPage() {
  const admin = isAdmin(useMe());
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 250);
  const [open, setOpen] = useState<Open | null>(null);
  const clients = useQuery({ queryKey: ['clients', wanted], queryFn: () => listClients(wanted || undefined), placeholderData: keepPreviousData });
  const close = () => setOpen(null);
  return (
    <>
      <PageTitle aside={<Button onClick={() => setOpen({ kind: 'new' })}>New client</Button>} subtitle="Who books, or is booked for">Clients</PageTitle>
      <TextInput mb="md" maw={360} aria-label="Search clients" placeholder="Name, e-mail or phone" leftSection={<IconSearch size={16} aria-hidden />} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <div className="tt-card">
        {clients.isPending && <Waiting />}
        <ProblemNotice error={clients.error} retry={() => { void clients.refetch(); }} />
        {clients.data?.items.length === 0 && <Empty title={wanted ? `No client matches “${wanted}”` : 'No clients yet'} icon={<IconUsers size={24} />}>{wanted ? undefined : 'They appear here with their first booking, or when you add one.'}</Empty>}
        {clients.data && clients.data.items.length > 0 && (
          <table className="tt-table tt-stack">
            <thead><tr><th scope="col">Name</th><th scope="col">E-mail</th><th scope="col">Phone</th><th scope="col">Actions</th></tr></thead>
            <tbody>{clients.data.items.map((client) => (
              <tr key={client.id}>
                <td data-label="Name"><Group gap="xs"><Text size="sm" fw={600}>{client.name}</Text>{!client.active && <Badge color="gray" variant="light">Inactive</Badge>}</Group></td>
                <td data-label="E-mail">{client.email ?? '–'}</td>
                <td data-label="Phone">{client.phone ?? '–'}</td>
                <td data-label="Actions" className="tt-nowrap">
                  <Group gap={6} wrap="nowrap">
                    <Button size="compact-sm" variant="default" aria-label={`Change ${client.name}`} onClick={() => setOpen({ kind: 'change', client })}>Change</Button>
                    {admin && (
                      <Menu position="bottom-end" withinPortal>
                        <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={`More for ${client.name}`}><IconDotsVertical size={18} /></ActionIcon></Menu.Target>
                        <Menu.Dropdown>
                          <Menu.Item leftSection={<IconArrowMerge size={16} aria-hidden />} onClick={() => setOpen({ kind: 'merge', client })}>Merge with another client</Menu.Item>
                          <Menu.Item color="red" leftSection={<IconEraser size={16} aria-hidden />} onClick={() => setOpen({ kind: 'erase', client })}>Erase</Menu.Item>
                        </Menu.Dropdown>
                      </Menu>
                    )}
                  </Group>
                </td>
              </tr>
            ))}</tbody>
          </table>
        )}
      </div>
      {clients.data?.next && <Text size="sm" c="gray.6" mt="sm">There are more; search to narrow them down.</Text>}
      {(open?.kind === 'new' || open?.kind === 'change') && <ClientWindow client={open.kind === 'change' ? open.client : null} close={close} />}
      {open?.kind === 'merge' && <MergeClientWindow client={open.client} close={close} />}
      {open?.kind === 'erase' && <EraseClientWindow client={open.client} close={close} />}
    </>
  );
}

function ClientWindow({ client, close }: { client: Client | null; close: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState(client?.name ?? '');
  const [email, setEmail] = useState(client?.email ?? '');
  const [phone, setPhone] = useState(client?.phone ?? '');
  const [active, setActive] = useState(client?.active ?? true);
  const save = useMutation({
    mutationFn: () => client
      ? changeClient(client, { name: name.trim(), email: email.trim(), phone: phone.trim(), active })
      : createClient({ name: name.trim(), email: email.trim() || undefined, phone: phone.trim() || undefined }),
    onSuccess: async () => {
      if (client) notifications.show({ color: 'tether', message: `${name.trim()} is saved.` });
      close();
      await queries.invalidateQueries({ queryKey: ['clients'] });
    },
  });
  return (
    <FormWindow title={client ? `Change ${client.name}` : 'New client'} close={close} error={save.error}
      submit={{ label: client ? 'Save' : 'Add the client', run: save.mutate, pending: save.isPending, disabled: name.trim() === '' }}>
      <TextInput label="Name" required maxLength={200} data-autofocus value={name} error={fieldError(save.error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput label="E-mail" type="email" maxLength={254} value={email} error={fieldError(save.error, 'email')} onChange={(event) => setEmail(event.currentTarget.value)} />
      <TextInput label="Phone" type="tel" maxLength={40} value={phone} error={fieldError(save.error, 'phone')} onChange={(event) => setPhone(event.currentTarget.value)} />
      {client && <Switch label="Active" description="An inactive client cannot be booked for" checked={active} onChange={(event) => setActive(event.currentTarget.checked)} />}
    </FormWindow>
  );
}
