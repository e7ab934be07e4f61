import { Alert, Anchor, Badge, Button, Group, Select, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconCalendarOff, IconCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { asProblem } from '../api/problem';
import { cancelOwnAppointment, getOwnAppointment, listPublicServices, listPublicSlots, listPublicStaff, moveOwnAppointment, type ManagementLink } from '../api/publicBooking';
import type { PublicAppointment } from '../api/types';
import { SlotChooser } from '../appointments/SlotChooser';
import { dateTime, zoneName } from '../time/format';
import { Empty, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { Window } from '../ui/Window';
import { statusWords } from '../ui/words';
import { Alternatives } from './Alternatives';
import { isMissing, PublicPage } from './PublicPage';
import { When } from './When';

/** One's own booking, opened by its link: to look at it, move it or cancel it. Needs no sign-in. */
export function ManagePage() {
  const { slug = '', token = '' } = useParams();
  return <PublicPage slug={slug} what="Your appointment">{(zone) => <Own link={{ slug, token }} officeZone={zone} />}</PublicPage>;
}

function Own({ link, officeZone }: { link: ManagementLink; officeZone: string }) {
  const queries = useQueryClient();
  const queryKey = ['public', link.slug, 'own', link.token];
  const own = useQuery({ queryKey, queryFn: () => getOwnAppointment(link) });
  const [moving, setMoving] = useState(false);
  const [cancelling, setCancelling] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const top = useRef<HTMLHeadingElement>(null);
  const changed = async (appointment: PublicAppointment, what: string) => {
    queries.setQueryData(queryKey, appointment);
    setMoving(false);
    setCancelling(false);
    setDone(what);
    await queries.invalidateQueries({ queryKey: ['availability', 'public', link.slug] });
  };
  useEffect(() => {
    if (done) top.current?.focus();
  }, [done]);
  if (own.isPending) return <Waiting />;
  if (own.error) {
    return isMissing(own.error)
      ? <Empty title="This link opens no booking" icon={<IconCalendarOff size={24} />}>It may have been cut off on its way to you, or the appointment is long past.</Empty>
      : <ProblemNotice error={own.error} retry={() => { void own.refetch(); }} />;
  }
  const appointment = own.data;
  const { label, colour } = statusWords[appointment.status];
  const cancelled = appointment.status === 'CANCELLED';
  return (
    <Stack gap="md">
      <Title order={2} fz={19} tabIndex={-1} ref={top} style={{ outline: 'none' }}>Appointment {appointment.number}</Title>
      {done && <Alert color="tether" role="status" icon={<IconCheck size={20} aria-hidden />}>{done}</Alert>}
      <When title={appointment.serviceName} startAt={appointment.startAt} endAt={appointment.endAt} officeZone={officeZone}
        aside={<Badge color={colour} variant="light" size="lg">{appointment.status === 'OPEN' ? 'Booked' : label}</Badge>}>
        <Text size="sm" mt={4}>With {appointment.staffName}{appointment.locationName ? `, ${appointment.locationName}` : ''}</Text>
      </When>
      {moving
        ? <Moving link={link} appointment={appointment} officeZone={officeZone} stop={() => setMoving(false)} moved={(after) => changed(after, 'Your appointment was moved.')} reload={() => { void own.refetch(); }} />
        : (
          <>
            <Group gap="sm">
              {appointment.movableUntil && <Button onClick={() => { setDone(null); setMoving(true); }}>Move it</Button>}
              {appointment.cancellableUntil && <Button variant="default" c="red.8" onClick={() => { setDone(null); setCancelling(true); }}>Cancel it</Button>}
              {cancelled && <Button component={Link} to={`/book/${link.slug}`}>Book a new one</Button>}
            </Group>
            <Deadlines appointment={appointment} officeZone={officeZone} />
            {!cancelled && <Anchor component={Link} size="sm" to={`/book/${link.slug}`}>Book another appointment</Anchor>}
          </>
        )}
      {cancelling && <CancelWindow link={link} appointment={appointment} close={() => setCancelling(false)} cancelled={(after) => changed(after, 'Your appointment was cancelled. Its time is free again.')} reload={() => { void own.refetch(); }} />}
    </Stack>
  );
}

function Deadlines({ appointment: { status, movableUntil, cancellableUntil, startAt }, officeZone }: { appointment: PublicAppointment; officeZone: string }) {
  if (!['PENDING', 'OPEN', 'CONFIRMED'].includes(status)) return null;
  const until = (instant: string | null | undefined, what: string) => {
    if (!instant) return `It is too late to ${what} it online; please call us.`;
    return instant === startAt ? null : `You can ${what} it here until ${dateTime(instant, officeZone)}, ${zoneName(officeZone, new Date(instant))}.`;
  };
  const lines = !movableUntil && !cancellableUntil ? ['It is too late to change it online; please call us.'] : [until(movableUntil, 'move'), until(cancellableUntil, 'cancel')];
  return <>{lines.filter((line) => line !== null).map((line) => <Text key={line} size="sm" c="gray.7">{line}</Text>)}</>;
}

interface MovingProps { link: ManagementLink; appointment: PublicAppointment; officeZone: string; stop: () => void; moved: (after: PublicAppointment) => Promise<void>; reload: () => void }

function Moving({ link, appointment, officeZone, stop, moved, reload }: MovingProps) {
  const { slug } = link;
  const [staffId, setStaffId] = useState(appointment.staffId);
  const [startAt, setStartAt] = useState<string | null>(null);
  const services = useQuery({ queryKey: ['public', slug, 'services'], queryFn: () => listPublicServices(slug) });
  const staff = useQuery({ queryKey: ['public', slug, 'staff'], queryFn: () => listPublicStaff(slug) });
  const givers = services.data?.items.find(({ id }) => id === appointment.serviceId)?.staffIds ?? [];
  const able = (staff.data?.items ?? []).filter(({ id }) => givers.includes(id));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const queries = useQueryClient();
  const move = useMutation({
    mutationFn: () => moveOwnAppointment(link, appointment.version, { startAt: startAt!, staffId }),
    onSuccess: moved,
    onError: async (error) => {
      const { status } = asProblem(error);
      if (status === 412) reload();
      if (status === 409) await queries.invalidateQueries({ queryKey: ['availability', 'public', slug] });
    },
  });
  return (
    <Stack gap="lg">
      <Title order={3} fz={17} tabIndex={-1} ref={heading} style={{ outline: 'none' }}>To which time?</Title>
      {able.length > 1 && <Select label="With" maw={340} allowDeselect={false} value={staffId} onChange={(value) => { setStaffId(value ?? appointment.staffId); setStartAt(null); }} data={able.map(({ id, name }) => ({ value: id, label: name }))} />}
      <SlotChooser queryKey={['public', slug, appointment.serviceId, staffId]} zone={officeZone} chosen={startAt} choose={(slot) => setStartAt(slot?.startAt ?? null)}
        load={(from, to) => listPublicSlots(slug, { serviceId: appointment.serviceId, staffId, from, to, timeZone: officeZone })} />
      <Alternatives error={move.error} zone={officeZone} choose={(each) => { setStartAt(each.startAt); setStaffId(each.staffId); move.reset(); }} other={() => { setStartAt(null); move.reset(); }} />
      <Group justify="space-between">
        <Button variant="default" onClick={stop}>Keep the time</Button>
        <Button disabled={!startAt} loading={move.isPending} onClick={() => move.mutate()}>{startAt ? `Move it to ${dateTime(startAt, officeZone)}` : 'Move it'}</Button>
      </Group>
    </Stack>
  );
}

interface CancelProps { link: ManagementLink; appointment: PublicAppointment; close: () => void; cancelled: (after: PublicAppointment) => Promise<void>; reload: () => void }

function CancelWindow({ link, appointment, close, cancelled, reload }: CancelProps) {
  const [reason, setReason] = useState('');
  const cancel = useMutation({
    mutationFn: () => cancelOwnAppointment(link, appointment.version, reason.trim() || undefined),
    onSuccess: cancelled,
    onError: (error) => { if (asProblem(error).status === 412) reload(); },
  });
  return (
    <Window title="Cancel this appointment?" close={close}>
      <Stack gap="md">
        <Text size="sm">Somebody else can book the time at once.</Text>
        <Textarea label="Reason" description="Optional" autosize minRows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <ProblemNotice error={cancel.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>Keep it</Button>
          <Button color="red" loading={cancel.isPending} onClick={() => cancel.mutate()}>Cancel the appointment</Button>
        </Group>
      </Stack>
    </Window>
  );
}
