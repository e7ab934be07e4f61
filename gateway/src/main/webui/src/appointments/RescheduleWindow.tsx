import { Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { getAvailability, rescheduleAppointment } from '../api/scheduling';
import type { Appointment } from '../api/types';
import { dateTime, range } from '../time/format';
import { dateIn } from '../time/zones';
import { ProblemNotice } from '../ui/ProblemNotice';
import { Actions, Window } from '../ui/Window';
import { SlotChooser } from './SlotChooser';

interface Props { appointment: Appointment; zone: string; close: () => void; done: (appointment: Appointment) => Promise<void> }

export function RescheduleWindow({ appointment, zone, close, done }: Props) {
  const [startAt, setStartAt] = useState<string | null>(null);
  const move = useMutation({
    mutationFn: () => rescheduleAppointment(appointment, startAt!),
    onSuccess: async (answer) => {
      notifications.show({ color: 'tether', message: `Moved to ${dateTime(answer.startAt, zone)}. Its [tt] events in Office 365 follow.` });
      close();
      await done(answer);
    },
  });
  return (
    <Window title={`Reschedule appointment ${appointment.number}`} close={close} size={680}>
      <Stack>
        <Text size="sm">Now: {range(appointment.startAt, appointment.endAt, zone)}</Text>
        <SlotChooser queryKey={[appointment.service.id, appointment.staffId]} zone={zone} wishedDate={dateIn(appointment.startAt, zone)} chosen={startAt} choose={(slot) => setStartAt(slot?.startAt ?? null)} staffView
          load={(from, to) => getAvailability({ serviceId: appointment.service.id, staffId: appointment.staffId, from, to, timeZone: zone })} />
        <ProblemNotice error={move.error} />
        <Actions>
          <Button variant="default" onClick={close}>Leave it</Button>
          <Button disabled={!startAt} loading={move.isPending} onClick={() => move.mutate()}>{startAt ? `Move to ${dateTime(startAt, zone)}` : 'Choose a time'}</Button>
        </Actions>
      </Stack>
    </Window>
  );
}
