import { Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemError } from '../api/problem';
import { ProblemNotice } from './ProblemNotice';
import { Actions, Window } from './Window';

interface Props {
  title: string;
  close: () => void;
  size?: number;
  children: ReactNode;
  /** What the button says, what it does, and whether it can be pressed. */
  submit: { label: string; run: () => void; pending: boolean; disabled?: boolean };
  error: unknown;
}

/** A window with fields that are sent together; a refusal stands above its buttons. */
export function FormWindow({ title, close, size, children, submit, error }: Props) {
  return (
    <Window title={title} close={close} size={size}>
      <form onSubmit={(event) => { event.preventDefault(); submit.run(); }}>
        <Stack>
          {children}
          <ProblemNotice error={error} />
          <Actions>
            <Button variant="default" type="button" onClick={close}>Cancel</Button>
            <Button type="submit" loading={submit.pending} disabled={submit.disabled}>{submit.label}</Button>
          </Actions>
        </Stack>
      </form>
    </Window>
  );
}

/** What a refusal says about one field, to stand at that field. */
export function fieldError(error: unknown, field: string): string | undefined {
  return error instanceof ProblemError ? error.problem.violations?.find((violation) => violation.field === field)?.message : undefined;
}
