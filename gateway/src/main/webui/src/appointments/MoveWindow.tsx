import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { attemptExternalChange, getAppointment, rescheduleAppointment } from '../api/scheduling';
import type { CalendarEntry } from '../api/types';
import { dateTime, zoneName } from '../time/format';
import { Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { Actions, Window } from '../ui/Window';
import { ExternalExplanation } from './ExternalExplanation';

export interface Move { entry: CalendarEntry; startAt: string }

/** An entry was dragged: an appointment is moved after a confirmation, an imported event is explained. */
export function MoveWindow({ move, zone, own, close }: { move: Move; zone: string; own: boolean; close: () => void }) {
  return move.entry.source === 'EXTERNAL' ? <Refused move={move} own={own} close={close} /> : <Confirm move={move} zone={zone} close={close} />;
}

function Refused({ move, own, close }: { move: Move; own: boolean; close: () => void }) {
  const attempt = useQuery({ queryKey: ['refused-change', move.entry.id], queryFn: () => attemptExternalChange(move.entry.id) });
  return (
    <Window title={`${move.entry.title}`} close={close}>
      <ExternalExplanation calendarName={attempt.data?.calendarName} webLink={attempt.data?.webLink} own={own} />
      <Group justify="flex-end" mt="md"><Button variant="default" onClick={close}>Close</Button></Group>
    </Window>
  );
}

function Confirm({ move, zone, close }: { move: Move; zone: string; close: () => void }) {
  const queries = useQueryClient();
  const found = useQuery({ queryKey: ['appointment', move.entry.id], queryFn: () => getAppointment(move.entry.id), staleTime: 0 });
  const act = useMutation({
    mutationFn: () => rescheduleAppointment(found.data!, move.startAt),
    onSuccess: async (answer) => {
      queries.setQueryData(['appointment', answer.id], answer);
      notifications.show({ color: 'tether', message: `Moved to ${dateTime(answer.startAt, zone)}. Its [tt] events in Office 365 follow.` });
      close();
      await queries.invalidateQueries({ queryKey: ['calendar'] });
    },
  });
  return (
    <Window title={`Move “${move.entry.title}”?`} close={close}>
      <Stack>
        <Text size="sm">From {dateTime(move.entry.startAt, zone)} to <b>{dateTime(move.startAt, zone)}</b> ({zoneName(zone, new Date(move.startAt))}).</Text>
        {found.isPending && <Waiting />}
        <ProblemNotice error={found.error ?? act.error} />
        <Actions>
          <Button variant="default" onClick={close}>Leave it</Button>
          <Button disabled={!found.data} loading={act.isPending} onClick={() => act.mutate()}>Move it</Button>
        </Actions>
      </Stack>
    </Window>
  );
}
