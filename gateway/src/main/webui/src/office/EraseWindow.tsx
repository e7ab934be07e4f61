import { List, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ConfirmWindow } from '../ui/ConfirmWindow';

interface Props { name: string; keep: string; /** What goes, as items of a list. */ children: ReactNode; erase: () => Promise<void>; close: () => void; done?: () => void }

/** Everything about a person goes, at once and for good; so their name is asked for. */
export function EraseWindow({ name, keep, children, erase, close, done }: Props) {
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const act = useMutation({
    mutationFn: erase,
    onSuccess: async () => {
      notifications.show({ color: 'tether', message: `${name} is erased.` });
      done?.();
      await queries.invalidateQueries();
      close();
    },
  });
  return (
    <ConfirmWindow title={`Erase ${name}?`} keep={keep} confirm={{ label: 'Erase', run: act.mutate, pending: act.isPending, disabled: typed.trim() !== name }} error={act.error} close={close}>
      <Text size="sm">This cannot be taken back. What goes:</Text>
      <List size="sm">{children}</List>
      <TextInput label={`Type “${name}” to confirm`} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
    </ConfirmWindow>
  );
}
