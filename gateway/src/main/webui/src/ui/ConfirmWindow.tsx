import { Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemNotice } from './ProblemNotice';
import { Actions, Window } from './Window';

interface Props { title: string; children: ReactNode; keep: string; confirm: { label: string; run: () => void; pending: boolean; disabled?: boolean }; error: unknown; close: () => void }

/** Asks before something that cannot be taken back; the safe answer has the focus first. */
export function ConfirmWindow({ title, children, keep, confirm, error, close }: Props) {
  return (
    <Window title={title} close={close}>
      <Stack>
        {children}
        <ProblemNotice error={error} />
        <Actions>
          <Button variant="default" onClick={close} data-autofocus>{keep}</Button>
          <Button color="red" loading={confirm.pending} disabled={confirm.disabled} onClick={confirm.run}>{confirm.label}</Button>
        </Actions>
      </Stack>
    </Window>
  );
}
