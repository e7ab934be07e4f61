import { Alert, Anchor, Badge, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { cancelAppointment, changeStatus, getAppointment } from '../api/scheduling';
import { asProblem } from '../api/problem';
import type { Appointment, AppointmentStatus } from '../api/types';
import { range, zoneName } from '../time/format';
import { dateIn } from '../time/zones';
import { ConfirmWindow } from '../ui/ConfirmWindow';
import { Fact, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { nextStatuses, statusWords } from '../ui/words';
import { History } from './History';
import { RescheduleWindow } from './RescheduleWindow';
import { useStaffMember } from './useStaffZone';

export function AppointmentDetail({ id, show }: { id: string; show: (date: string, staffId: string) => void }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState<'cancel' | 'move' | null>(null);
  const found = useQuery({ queryKey: ['appointment', id], queryFn: () => getAppointment(id) });
  const { name, zone } = useStaffMember(found.data?.staffId);
  const changed = async (appointment: Appointment) => {
    queries.setQueryData(['appointment', id], appointment);
    await Promise.all([queries.invalidateQueries({ queryKey: ['calendar'] }), queries.invalidateQueries({ queryKey: ['entry'] }), queries.invalidateQueries({ queryKey: ['conflicts'] })]);
  };
  const status = useMutation({ mutationFn: (to: AppointmentStatus) => changeStatus(found.data!, to), onSuccess: changed });
  if (found.isPending) return <Waiting />;
  if (!found.data) return <ProblemNotice error={found.error} retry={() => { void found.refetch(); }} />;
  const appointment = found.data;
  const words = statusWords[appointment.status];
  const ended = ['CANCELLED', 'COMPLETED', 'NO_SHOW'].includes(appointment.status);
  const stale = status.error !== null && asProblem(status.error).status === 412;
  return (
    <Stack gap="lg">
      <Group><Badge color={words.colour} variant="light">{words.label}</Badge></Group>
      <Text fw={650} fz={19} lh={1.3}>{appointment.service.name}</Text>
      <Stack component="dl" gap="md" m={0}>
        <Fact label="When">{range(appointment.startAt, appointment.endAt, zone)}<Text size="xs" c="gray.6">{zoneName(zone, new Date(appointment.startAt))}</Text></Fact>
        <Fact label="With">{name}</Fact>
        {appointment.location && <Fact label="Where">{appointment.location.name}</Fact>}
        <Fact label={appointment.attendees.length > 1 ? 'Clients' : 'Client'}>
          {appointment.attendees.map((person, index) => (
            <div key={index}>{person.name}<Text size="xs" c="gray.6">{[person.email, person.phone].filter(Boolean).join(' · ')}</Text></div>
          ))}
        </Fact>
        {appointment.note && <Fact label="Note">{appointment.note}</Fact>}
      </Stack>
      <History id={id} version={appointment.version} zone={zone} />
      <ProblemNotice error={status.error}>
        {stale && <Button mt="xs" size="compact-sm" variant="default" onClick={() => { status.reset(); void found.refetch(); }}>Show what it is now</Button>}
      </ProblemNotice>
      {appointment.status === 'CANCELLED' && <Alert color="gray">This appointment was cancelled; its time can be booked again.</Alert>}
      <Group gap="xs">
        {nextStatuses[appointment.status].map(({ to, label }) => (
          <Button key={to} size="sm" variant={to === 'CONFIRMED' || to === 'CHECKED_IN' ? 'filled' : 'default'} loading={status.isPending && status.variables === to} onClick={() => status.mutate(to)}>{label}</Button>
        ))}
      </Group>
      <Group gap="sm" pt="md" style={{ borderTop: '1px solid var(--tt-line)' }}>
        {!ended && <Button variant="default" onClick={() => setAsking('move')}>Reschedule</Button>}
        {!ended && <Button variant="light" color="red" onClick={() => setAsking('cancel')}>Cancel the appointment</Button>}
        <Anchor component="button" size="sm" onClick={() => show(dateIn(appointment.startAt, zone), appointment.staffId)}>Show in the calendar</Anchor>
      </Group>
      {asking === 'cancel' && <CancelWindow appointment={appointment} close={() => setAsking(null)} done={changed} />}
      {asking === 'move' && <RescheduleWindow appointment={appointment} zone={zone} close={() => setAsking(null)} done={changed} />}
    </Stack>
  );
}

function CancelWindow({ appointment, close, done }: { appointment: Appointment; close: () => void; done: (appointment: Appointment) => Promise<void> }) {
  const [reason, setReason] = useState('');
  const cancel = useMutation({
    mutationFn: () => cancelAppointment(appointment, reason.trim() || undefined),
    onSuccess: async (answer) => {
      notifications.show({ color: 'tether', message: `Appointment ${appointment.number} is cancelled. Its [tt] events in Office 365 go, too.` });
      close();
      await done(answer ?? { ...appointment, status: 'CANCELLED' });
    },
  });
  return (
    <ConfirmWindow title={`Cancel appointment ${appointment.number}?`} keep="Keep it" confirm={{ label: 'Cancel the appointment', run: cancel.mutate, pending: cancel.isPending }} error={cancel.error} close={close}>
      <Text size="sm">Its time can be booked again at once. A cancelled appointment does not come back.</Text>
      <Textarea label="Reason" description="Optional; the client may read it" autosize minRows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </ConfirmWindow>
  );
}
