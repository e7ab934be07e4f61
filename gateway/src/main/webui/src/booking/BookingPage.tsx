import { Alert, Anchor, Button, Group, Select, SimpleGrid, Stack, Stepper, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconCalendarCheck, IconCalendarOff, IconChevronRight, IconClock } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useParams } from 'react-router';
import { newKey } from '../api/client';
import { asProblem, ProblemError } from '../api/problem';
import { bookPublicly, getPublicAvailability, getPublicOrganisation, listPublicServices, listPublicStaff, type PublicService } from '../api/publicBooking';
import { SlotChooser } from '../appointments/SlotChooser';
import { duration, range, zoneName } from '../time/format';
import { browserZone } from '../time/zones';
import { Brand, Empty, useDocumentTitle, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import classes from './BookingPage.module.css';

/** The public booking page: service → day and time → details → confirmation. Needs no sign-in. */
export function BookingPage() {
  const { slug = '' } = useParams();
  const organisation = useQuery({ queryKey: ['public', slug], queryFn: () => getPublicOrganisation(slug) });
  useDocumentTitle(organisation.data ? `Book with ${organisation.data.name}` : 'Book an appointment');
  const status = organisation.error instanceof ProblemError ? organisation.error.problem.status : 0;
  return (
    <div className={classes.page}>
      <main className={classes.frame}>
        <header className={classes.header}>
          <Text size="sm" c="gray.6">Book an appointment</Text>
          <Title order={1} fz={{ base: 24, sm: 30 }} lts="-0.02em">{organisation.data?.name ?? (organisation.isPending ? ' ' : 'Online booking')}</Title>
        </header>
        <div className={classes.card}>
          {organisation.isPending && <Waiting />}
          {organisation.error && (status === 404 || status === 401
            ? <Empty title="Nothing can be booked at this address" icon={<IconCalendarOff size={24} />}>The link may have been cut off on its way to you. Please ask the practice for it again.</Empty>
            : <ProblemNotice error={organisation.error} retry={() => { void organisation.refetch(); }} />)}
          {organisation.data && <Steps slug={slug} zone={organisation.data.timeZone} />}
        </div>
        <footer className={classes.footer}><Brand size={18} /> Booking by Timetether</footer>
      </main>
    </div>
  );
}

function Steps({ slug, zone: officeZone }: { slug: string; zone: string }) {
  const queries = useQueryClient();
  const [step, setStep] = useState(0);
  const [service, setService] = useState<PublicService | null>(null);
  const [staffId, setStaffId] = useState<string>('any');
  const ownZone = browserZone();
  const [zone, setZone] = useState(officeZone);
  const [startAt, setStartAt] = useState<string | null>(null);
  const [person, setPerson] = useState({ name: '', email: '', phone: '', note: '' });
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
  const able = (staff.data?.items ?? []).filter(({ id }) => !service?.staffIds || service.staffIds.length === 0 || service.staffIds.includes(id));
  const wishedStaff = staffId === 'any' ? undefined : staffId;
  const book = useMutation({
    mutationFn: () => bookPublicly(slug, {
      serviceId: service!.id, staffId: wishedStaff, startAt: startAt!, name: person.name.trim(), email: person.email.trim(),
      phone: person.phone.trim() || undefined, note: person.note.trim() || undefined,
    }, key),
    onSuccess: () => setStep(3),
    onError: async (error) => {
      const problem = asProblem(error);
      if (problem.status >= 400 && problem.status < 500) setKey(newKey());
      if (problem.status === 409) await queries.invalidateQueries({ queryKey: ['availability', 'public', slug] });
    },
  });
  const taken = book.error ? asProblem(book.error).status === 409 : false;
  const set = (field: keyof typeof person) => (event: { currentTarget: { value: string } }) => {
    setPerson({ ...person, [field]: event.currentTarget.value });
    setKey(newKey());
  };

  return (
    <>
      <Stepper active={step} size="xs" wrap={false} iconSize={26} mb="xl" onStepClick={(to) => { if (step < 3 && to < step) setStep(to); }} allowNextStepsSelect={false} classNames={{ step: classes.step, stepLabel: classes.stepLabel, separator: classes.separator }}>
        <Stepper.Step label="Service" aria-label="Service" /><Stepper.Step label="Day and time" aria-label="Day and time" /><Stepper.Step label="Your details" aria-label="Your details" />
      </Stepper>
      <Title order={2} fz={19} mb="md" tabIndex={-1} ref={top} style={{ outline: 'none' }}>
        {['What would you like to book?', 'When does it suit you?', 'Who is coming?', 'You are booked'][step]}
      </Title>
      {step === 0 && (
        <Stack gap="sm">
          {services.isPending && <Waiting />}
          <ProblemNotice error={services.error} retry={() => { void services.refetch(); }} />
          {services.data?.items.length === 0 && <Empty title="Nothing can be booked online at the moment" />}
          {services.data?.items.map((each) => (
            <button key={each.id} type="button" className="tt-choice" onClick={() => { setService(each); setStartAt(null); setStaffId('any'); setStep(1); }}>
              <span><Text component="span" display="block" fw={600}>{each.name}</Text><Text component="span" size="sm" c="gray.6" className={classes.meta}><IconClock size={14} aria-hidden /> {duration(each.durationMinutes)}</Text></span>
              <IconChevronRight size={18} aria-hidden />
            </button>
          ))}
        </Stack>
      )}
      {step === 1 && service && (
        <Stack gap="lg">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {able.length > 1 && <Select label="With" allowDeselect={false} value={staffId} onChange={(value) => { setStaffId(value ?? 'any'); setStartAt(null); }} data={[{ value: 'any', label: 'Anybody who is free' }, ...able.map(({ id, name }) => ({ value: id, label: name }))]} />}
            {ownZone !== officeZone && <Select label="Show times in" allowDeselect={false} value={zone} onChange={(value) => { setZone(value ?? officeZone); setStartAt(null); }} data={[{ value: officeZone, label: `${zoneName(officeZone)}, the practice’s zone` }, { value: ownZone, label: `${zoneName(ownZone)}, your zone` }]} />}
          </SimpleGrid>
          <SlotChooser queryKey={['public', slug, service.id, staffId]} zone={zone} chosen={startAt} choose={(slot) => { setStartAt(slot?.startAt ?? null); setKey(newKey()); }}
            load={(from, to) => getPublicAvailability(slug, { serviceId: service.id, staffId: wishedStaff, from, to, timeZone: zone })} />
          <Group justify="space-between"><Button variant="default" onClick={() => setStep(0)}>Back</Button><Button disabled={!startAt} onClick={() => { book.reset(); setStep(2); }}>Continue</Button></Group>
        </Stack>
      )}
      {step === 2 && service && startAt && (
        <form onSubmit={(event) => { event.preventDefault(); book.mutate(); }}>
          <Stack gap="md">
            <Summary service={service} startAt={startAt} zone={zone} />
            <TextInput label="Name" required maxLength={200} autoComplete="name" value={person.name} onChange={set('name')} />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput label="E-mail" required type="email" maxLength={254} autoComplete="email" value={person.email} onChange={set('email')} />
              <TextInput label="Phone" type="tel" maxLength={40} autoComplete="tel" value={person.phone} onChange={set('phone')} />
            </SimpleGrid>
            <Textarea label="Anything we should know?" description="Optional" autosize minRows={2} maxLength={2000} value={person.note} onChange={set('note')} />
            <ProblemNotice error={book.error}>{taken && <Button mt="xs" size="compact-sm" variant="default" type="button" onClick={() => { setStartAt(null); setStep(1); }}>Choose another time</Button>}</ProblemNotice>
            <Group justify="space-between"><Button variant="default" type="button" onClick={() => setStep(1)}>Back</Button><Button type="submit" loading={book.isPending} disabled={person.name.trim() === '' || person.email.trim() === ''}>Book it</Button></Group>
          </Stack>
        </form>
      )}
      {step === 3 && service && startAt && (
        <Stack gap="md">
          <Alert color="tether" role="status" icon={<IconCalendarCheck size={22} aria-hidden />} title={book.data?.status === 'PENDING' ? 'Your wish has arrived; the practice will confirm it' : 'Your appointment is booked'}>
            <Text size="sm">{book.data?.number ? `Its number is ${book.data.number}. ` : ''}A message is on its way to {person.email}.</Text>
          </Alert>
          <Summary service={service} startAt={startAt} zone={zone} />
          {book.data?.managementLink && <Text size="sm">To move or cancel it, use <Anchor size="sm" href={book.data.managementLink}>your own link</Anchor>.</Text>}
          <Group><Button variant="default" onClick={() => { setService(null); setStartAt(null); setKey(newKey()); book.reset(); setStep(0); }}>Book another one</Button></Group>
        </Stack>
      )}
    </>
  );
}

function Summary({ service, startAt, zone }: { service: PublicService; startAt: string; zone: string }) {
  const endAt = new Date(Date.parse(startAt) + service.durationMinutes * 60_000).toISOString();
  return (
    <div className={classes.summary}>
      <Text fw={600}>{service.name}</Text>
      <Text size="sm">{range(startAt, endAt, zone)}</Text>
      <Text size="xs" c="gray.6">{zoneName(zone, new Date(startAt))}</Text>
    </div>
  );
}
