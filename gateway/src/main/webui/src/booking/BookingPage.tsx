import { Alert, Anchor, Button, Group, Select, SimpleGrid, Stack, Stepper, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconCalendarCheck, IconChevronRight, IconClock } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useParams } from 'react-router';
import { newKey } from '../api/client';
import { asProblem } from '../api/problem';
import { bookPublicly, listPublicServices, listPublicSlots, listPublicStaff } from '../api/publicBooking';
import type { PublicService } from '../api/types';
import { SlotChooser } from '../appointments/SlotChooser';
import { duration, zoneName } from '../time/format';
import { browserZone } from '../time/zones';
import { Empty, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { Alternatives } from './Alternatives';
import classes from './BookingPage.module.css';
import { PublicPage } from './PublicPage';
import { When } from './When';

/** The public booking page: service → with whom, day and time → details → confirmation. Needs no sign-in. */
export function BookingPage() {
  const { slug = '' } = useParams();
  return <PublicPage slug={slug} what="Book an appointment">{(zone) => <Steps slug={slug} officeZone={zone} />}</PublicPage>;
}

const ANYBODY = 'any';
const headings = ['What would you like to book?', 'When does it suit you?', 'Who is coming?', 'Thank you'];

function Steps({ slug, officeZone }: { slug: string; officeZone: string }) {
  const queries = useQueryClient();
  const [step, setStep] = useState(0);
  const [service, setService] = useState<PublicService | null>(null);
  const [staffId, setStaffId] = useState(ANYBODY);
  const ownZone = browserZone();
  const [zone, setZone] = useState(officeZone);
  const [startAt, setStartAt] = useState<string | null>(null);
  const [person, setPerson] = useState({ name: '', email: '', phone: '', note: '' });
  // One key for one wish: a retry of the same wish is harmless, another wish is another booking.
  const [key, setKey] = useState(newKey);
  const top = useRef<HTMLHeadingElement>(null);
  const shownBefore = useRef(false);
  useEffect(() => {
    // Whoever cannot see the page change hears where they are; not on the very first step, which is the page itself.
    if (shownBefore.current) top.current?.focus();
    shownBefore.current = true;
  }, [step]);

  const services = useQuery({ queryKey: ['public', slug, 'services'], queryFn: () => listPublicServices(slug) });
  const staff = useQuery({ queryKey: ['public', slug, 'staff'], queryFn: () => listPublicStaff(slug) });
  const able = (staff.data?.items ?? []).filter(({ id }) => service?.staffIds.includes(id));
  const wishedStaff = staffId === ANYBODY ? undefined : staffId;
  const book = useMutation({
    mutationFn: () => bookPublicly(slug, {
      serviceId: service!.id, staffId: wishedStaff, startAt: startAt!, note: person.note.trim() || undefined,
      client: { name: person.name.trim(), email: person.email.trim(), phone: person.phone.trim() || undefined },
    }, key),
    onSuccess: () => setStep(3),
    onError: async (error) => {
      const { status } = asProblem(error);
      if (status >= 400 && status < 500) setKey(newKey());
      if (status === 409) await queries.invalidateQueries({ queryKey: ['availability', 'public', slug] });
    },
  });
  const set = (field: keyof typeof person) => (event: { currentTarget: { value: string } }) => {
    setPerson({ ...person, [field]: event.currentTarget.value });
    setKey(newKey());
  };
  const wish = (start: string | null) => {
    setStartAt(start);
    setKey(newKey());
  };
  const again = () => {
    setService(null);
    wish(null);
    book.reset();
    setStep(0);
  };
  const endAt = service && startAt ? new Date(Date.parse(startAt) + service.durationMinutes * 60_000).toISOString() : null;
  const booked = book.data;

  return (
    <>
      {step < 3 && (
        <Stepper active={step} size="xs" wrap={false} iconSize={26} mb="xl" onStepClick={(to) => { if (to < step) setStep(to); }} allowNextStepsSelect={false} classNames={{ step: classes.step, stepLabel: classes.stepLabel, separator: classes.separator }}>
          <Stepper.Step label="Service" /><Stepper.Step label="Day and time" /><Stepper.Step label="Your details" />
        </Stepper>
      )}
      <Title order={2} fz={19} mb="md" tabIndex={-1} ref={top} style={{ outline: 'none' }}>{headings[step]}</Title>
      {step === 0 && (
        <Stack gap="sm">
          {services.isPending && <Waiting />}
          <ProblemNotice error={services.error} retry={() => { void services.refetch(); }} />
          {services.data?.items.length === 0 && <Empty title="Nothing can be booked online at the moment" />}
          {services.data?.items.map((each) => (
            <button key={each.id} type="button" className="tt-choice" onClick={() => { setService(each); wish(null); setStaffId(ANYBODY); setStep(1); }}>
              <span>
                <Text component="span" display="block" fw={600}>{each.name}</Text>
                <Text component="span" size="sm" c="gray.7" className={classes.meta}><IconClock size={14} aria-hidden /> {duration(each.durationMinutes)}{each.location ? ` · ${each.location.name}` : ''}</Text>
                {each.needsConfirmation && <Text component="span" size="xs" c="gray.7" display="block">Confirmed by us after you have booked</Text>}
              </span>
              <IconChevronRight size={18} aria-hidden />
            </button>
          ))}
        </Stack>
      )}
      {step === 1 && service && (
        <Stack gap="lg">
          <ProblemNotice error={staff.error} retry={() => { void staff.refetch(); }} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {able.length > 1 && <Select label="With" allowDeselect={false} value={staffId} onChange={(value) => { setStaffId(value ?? ANYBODY); wish(null); }} data={[{ value: ANYBODY, label: 'Anybody who is free' }, ...able.map(({ id, name }) => ({ value: id, label: name }))]} />}
            {ownZone !== officeZone && <Select label="Show times in" allowDeselect={false} value={zone} onChange={(value) => { setZone(value ?? officeZone); wish(null); }} data={[{ value: officeZone, label: `${zoneName(officeZone)}, on site` }, { value: ownZone, label: `${zoneName(ownZone)}, yours` }]} />}
          </SimpleGrid>
          <SlotChooser queryKey={['public', slug, service.id, staffId]} zone={zone} chosen={startAt} choose={(slot) => wish(slot?.startAt ?? null)}
            load={(from, to) => listPublicSlots(slug, { serviceId: service.id, staffId: wishedStaff, from, to, timeZone: zone })} />
          <Group justify="space-between"><Button variant="default" onClick={() => setStep(0)}>Back</Button><Button disabled={!startAt} onClick={() => { book.reset(); setStep(2); }}>Continue</Button></Group>
        </Stack>
      )}
      {step === 2 && service && startAt && endAt && (
        <form onSubmit={(event) => { event.preventDefault(); book.mutate(); }}>
          <Stack gap="md">
            <When title={service.name} startAt={startAt} endAt={endAt} officeZone={officeZone} />
            <Alternatives error={book.error} zone={zone} choose={(each) => { wish(each.startAt); setStaffId(each.staffId); book.reset(); top.current?.focus(); }} other={() => { wish(null); setStep(1); }} />
            <TextInput label="Name" required maxLength={100} autoComplete="name" value={person.name} onChange={set('name')} />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput label="E-mail" required type="email" maxLength={254} autoComplete="email" value={person.email} onChange={set('email')} />
              <TextInput label="Phone" type="tel" maxLength={40} autoComplete="tel" value={person.phone} onChange={set('phone')} />
            </SimpleGrid>
            <Textarea label="Anything we should know?" description="Optional" autosize minRows={2} maxLength={2000} value={person.note} onChange={set('note')} />
            <Group justify="space-between"><Button variant="default" onClick={() => setStep(1)}>Back</Button><Button type="submit" loading={book.isPending} disabled={person.name.trim() === '' || person.email.trim() === ''}>Book it</Button></Group>
          </Stack>
        </form>
      )}
      {step === 3 && booked && (
        <Stack gap="md">
          <Alert color="tether" role="status" icon={<IconCalendarCheck size={22} aria-hidden />} title={booked.status === 'PENDING' ? 'Your wish has arrived and will be confirmed by us' : 'Your appointment is booked'}>
            <Text size="sm">Its number is {booked.number}. A message goes to {person.email.trim()}.</Text>
          </Alert>
          <When title={booked.serviceName} startAt={booked.startAt} endAt={booked.endAt} officeZone={officeZone}><Text size="sm" mt={4}>With {booked.staffName}</Text></When>
          {booked.managementLink && <Text size="sm">To look at it, move it or cancel it, keep <Anchor size="sm" href={new URL(booked.managementLink).pathname}>your own link</Anchor>. Whoever has it can do the same.</Text>}
          <Group><Button variant="default" onClick={again}>Book another one</Button></Group>
        </Stack>
      )}
    </>
  );
}
