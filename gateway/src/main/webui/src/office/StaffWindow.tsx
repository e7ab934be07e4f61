import { Switch, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeStaff, createStaff } from '../api/scheduling';
import type { StaffMember } from '../api/types';
import { useMe } from '../app/identity';
import { fieldError, FormWindow } from '../ui/FormWindow';
import { ZoneSelect } from '../ui/ZoneSelect';

/** Somebody who is booked: how they are called, where their day begins, and whether they still work here. */
export function StaffWindow({ member, close }: { member: StaffMember | null; close: () => void }) {
  const queries = useQueryClient();
  const home = useMe().organisation?.timeZone ?? 'UTC';
  const [name, setName] = useState(member?.name ?? '');
  const [email, setEmail] = useState(member?.email ?? '');
  const [timeZone, setTimeZone] = useState(member?.timeZone ?? home);
  const [active, setActive] = useState(member?.active ?? true);
  const save = useMutation({
    mutationFn: () => {
      const wanted = { name: name.trim(), email: email.trim(), timeZone };
      return member ? changeStaff(member, { ...wanted, active }) : createStaff(wanted);
    },
    onSuccess: async () => {
      if (member) notifications.show({ color: 'tether', message: `${name.trim()} is saved.` });
      close();
      await Promise.all([queries.invalidateQueries({ queryKey: ['staff'] }), queries.invalidateQueries({ queryKey: ['me'] })]);
    },
  });
  return (
    <FormWindow title={member ? `Change ${member.name}` : 'New staff member'} close={close} error={save.error}
      submit={{ label: member ? 'Save' : 'Add the staff member', run: save.mutate, pending: save.isPending, disabled: name.trim() === '' || email.trim() === '' }}>
      <TextInput label="Name" required maxLength={200} data-autofocus value={name} error={fieldError(save.error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput label="E-mail" required type="email" maxLength={254} value={email} error={fieldError(save.error, 'email')} onChange={(event) => setEmail(event.currentTarget.value)} />
      <ZoneSelect value={timeZone} onChange={setTimeZone} description={member ? 'Working hours and all-day entries are in it' : 'Working hours are in it; they are set on the person’s page'} />
      {member && <Switch label="Works here" description="Off: cannot be booked any more; appointments that exist stay" checked={active} onChange={(event) => setActive(event.currentTarget.checked)} />}
    </FormWindow>
  );
}
