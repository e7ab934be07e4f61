import { Alert, Badge, Button, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../api/problem';
import { invite, inviteAgain, listPeople, listStaff } from '../api/scheduling';
import type { Person, Role } from '../api/types';
import { fieldError, FormWindow } from '../ui/FormWindow';
import { Empty, PageTitle, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { roleWords } from '../ui/words';
import { InvitationLink } from './InvitationLink';

/** For administrators: who may sign in, as what, and the way in for more of them. */
export function PeoplePage() {
  const [inviting, setInviting] = useState(false);
  const [invited, setInvited] = useState<Person | null>(null);
  const people = useQuery({ queryKey: ['people'], queryFn: () => listPeople() });
  const staff = useQuery({ queryKey: ['staff'], queryFn: listStaff });
  const staffName = (id?: string | null) => staff.data?.items.find((member) => member.id === id)?.name ?? '–';
  return (
    <>
      <PageTitle aside={<Button onClick={() => setInviting(true)}>Invite somebody</Button>} subtitle="Who may sign in here, and as what">People</PageTitle>
      {invited && <Stack mb="md"><InvitationLink person={invited} /></Stack>}
      <div className="tt-card">
        {people.isPending && <Waiting />}
        <ProblemNotice error={people.error} retry={() => { void people.refetch(); }} />
        {people.data?.items.length === 0 && <Empty title="Nobody yet" icon={<IconUsers size={24} />} />}
        {people.data && people.data.items.length > 0 && (
          <table className="tt-table tt-stack">
            <thead><tr><th scope="col">Name</th><th scope="col">E-mail</th><th scope="col">Role</th><th scope="col">Staff member</th><th scope="col">Sign-in</th></tr></thead>
            <tbody>{people.data.items.map((person) => (
              <tr key={person.id}>
                <td data-label="Name"><Text size="sm" fw={600}>{person.name}</Text></td>
                <td data-label="E-mail">{person.email}</td>
                <td data-label="Role">{roleWords[person.role]}</td>
                <td data-label="Staff member">{staffName(person.staffId)}</td>
                <td data-label="Sign-in">{person.bound ? <Badge color="green" variant="light">Signs in</Badge> : <NotYet person={person} show={setInvited} />}</td>
              </tr>
            ))}</tbody>
          </table>
        )}
      </div>
      {inviting && <InviteWindow close={() => setInviting(false)} show={setInvited} />}
    </>
  );
}

function NotYet({ person, show }: { person: Person; show: (person: Person) => void }) {
  const again = useMutation({
    mutationFn: () => inviteAgain(person.id),
    onSuccess: show,
    onError: (error) => notifications.show({ color: 'red', title: asProblem(error).title, message: asProblem(error).detail ?? '' }),
  });
  return (
    <Stack gap={6} align="flex-start">
      <Badge color="orange" variant="light">Invited, has not come yet</Badge>
      <Button size="compact-xs" variant="default" loading={again.isPending} onClick={() => again.mutate()} aria-label={`New link for ${person.name}`}>New link</Button>
    </Stack>
  );
}

function InviteWindow({ close, show }: { close: () => void; show: (person: Person) => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('STAFF');
  const [staffId, setStaffId] = useState<string | null>(null);
  const staff = useQuery({ queryKey: ['staff'], queryFn: listStaff });
  const members = staff.data?.items.filter(({ active }) => active) ?? [];
  const send = useMutation({
    mutationFn: () => invite({ name: name.trim(), email: email.trim(), role, staffId: staffId ?? undefined }),
    onSuccess: async (person) => {
      show(person);
      close();
      await queries.invalidateQueries({ queryKey: ['people'] });
    },
  });
  const lacksStaff = role === 'STAFF' && !staffId;
  return (
    <FormWindow title="Invite somebody" close={close} error={send.error}
      submit={{ label: 'Invite', run: send.mutate, pending: send.isPending, disabled: name.trim() === '' || email.trim() === '' || lacksStaff }}>
      <TextInput label="Name" required maxLength={200} data-autofocus value={name} error={fieldError(send.error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput label="E-mail" required type="email" maxLength={254} value={email} error={fieldError(send.error, 'email')} onChange={(event) => setEmail(event.currentTarget.value)} />
      <Radio.Group label="Role" value={role} onChange={(value) => setRole(value as Role)}>
        <Stack gap="xs" mt="xs">
          <Radio value="STAFF" label={roleWords.STAFF} description="Their own calendar, appointments and calendar sync" />
          <Radio value="ADMIN" label={roleWords.ADMIN} description="Everything of this organisation" />
        </Stack>
      </Radio.Group>
      <Select label="Is the staff member" required={role === 'STAFF'} clearable={role === 'ADMIN'} placeholder={role === 'ADMIN' ? 'Nobody: is not booked' : 'Choose'} data={members.map((member) => ({ value: member.id, label: member.name }))}
        value={staffId} onChange={setStaffId} />
      {staff.data && members.length === 0 && <Alert color="blue"><Text size="sm">There is no staff member yet. Add one under Staff first.</Text></Alert>}
    </FormWindow>
  );
}
