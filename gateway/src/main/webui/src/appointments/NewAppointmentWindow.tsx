import { Autocomplete, Button, Checkbox, Group, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newKey } from '../api/client';
import { asProblem } from '../api/problem';
import { bookAppointment, getAvailability, listClients, listServices } from '../api/scheduling';
import type { Appointment } from '../api/types';
import { dateTime, duration } from '../time/format';
import { instantAt } from '../time/zones';
import { Empty, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { Actions, Window } from '../ui/Window';
import { SlotChooser } from './SlotChooser';
import { useStaffMember } from './useStaffZone';

interface Props { staffId: string; startWall: string | null; close: () => void; booked: (appointment: Appointment) => void }

/** Books an appointment for a staff member: service, time, client. */
export function NewAppointmentWindow({ staffId, startWall, close, booked }: Props) {
  const queries = useQueryClient();
  const { name, zone } = useStaffMember(staffId);
  const services = useQuery({ queryKey: ['services'], queryFn: listServices });
  const offered = (services.data?.items ?? []).filter((service) => service.active && (service.offeredByAll || service.staffIds.includes(staffId)));
  const [picked, setServiceId] = useState<string | null>(null);
  const serviceId = picked ?? offered[0]?.id ?? null;
  const [startAt, setStartAt] = useState<string | null>(startWall ? instantAt(startWall, zone).toISOString().replace('.000Z', 'Z') : null);
  const [client, setClient] = useState('');
  const [email, setEmail] = useState('');
  const [phone, setPhone] = useState('');
  const [note, setNote] = useState('');
  const [override, setOverride] = useState(false);
  // One key for one wish: a second press, or a try after a lost answer, must not book twice.
  const [key, setKey] = useState(newKey);
  const [wanted] = useDebouncedValue(client.trim(), 250);
  const clients = useQuery({ queryKey: ['clients', wanted], queryFn: () => listClients(wanted || undefined) });
  const bookable = clients.data?.items.filter(({ active }) => active) ?? [];
  const known = bookable.find((each) => each.name === client);
  const book = useMutation({
    mutationFn: () => bookAppointment({
      serviceId: serviceId!, staffId, startAt: startAt!, note: note.trim() || undefined, overrideTimeOff: override || undefined,
      attendees: [known ? { clientId: known.id } : { name: client.trim(), email: email.trim() || undefined, phone: phone.trim() || undefined }],
    }, key),
    onSuccess: async (appointment) => {
      notifications.show({ color: 'tether', title: `Appointment ${appointment.number} is booked`, message: `${dateTime(appointment.startAt, zone)}. Connected Office 365 calendars show it as a [tt] event.` });
      await queries.invalidateQueries({ queryKey: ['calendar'] });
      booked(appointment);
    },
    onError: (error) => {
      // A refusal is remembered under its key; another wish needs another one. Without an answer the key stays.
      const { status } = asProblem(error);
      if (status >= 400 && status < 500) setKey(newKey());
    },
  });
  const alternatives = book.error ? asProblem(book.error).alternatives ?? [] : [];
  const unlisted = startAt !== null && startWall !== null && startAt === instantAt(startWall, zone).toISOString().replace('.000Z', 'Z');
  return (
    <Window title={`New appointment${name ? ` with ${name}` : ''}`} close={close} size={720}>
      {services.isPending ? <Waiting /> : services.error ? <ProblemNotice error={services.error} retry={() => { void services.refetch(); }} />
        : offered.length === 0 ? <Empty title="No service can be booked here yet">An administrator adds services under Services.</Empty> : (
          <form onSubmit={(event) => { event.preventDefault(); book.mutate(); }}>
            <Stack>
              <Select label="Service" required allowDeselect={false} data={offered.map((service) => ({ value: service.id, label: `${service.name} (${duration(service.durationMinutes)})` }))}
                value={serviceId} onChange={(value) => { setServiceId(value); setStartAt(null); setKey(newKey()); }} data-autofocus />
              {serviceId && (
                <SlotChooser queryKey={[serviceId, staffId]} zone={zone} wishedDate={startWall?.slice(0, 10)} chosen={startAt} staffView
                  choose={(slot) => { setStartAt(slot?.startAt ?? null); setKey(newKey()); }}
                  load={(from, to) => getAvailability({ serviceId, staffId, from, to, timeZone: zone })} />
              )}
              <SimpleGrid cols={{ base: 1, sm: 3 }}>
                <Autocomplete label="Client" required placeholder="Name" maxLength={200} data={[...new Set(bookable.map((each) => each.name))]} value={client} onChange={(value) => { setClient(value); setKey(newKey()); }} />
                <TextInput label="E-mail" type="email" value={known ? known.email ?? '' : email} disabled={known !== undefined} onChange={(event) => { setEmail(event.currentTarget.value); setKey(newKey()); }} />
                <TextInput label="Phone" type="tel" value={known ? known.phone ?? '' : phone} disabled={known !== undefined} onChange={(event) => { setPhone(event.currentTarget.value); setKey(newKey()); }} />
              </SimpleGrid>
              <Textarea label="Note" description="Optional; seen by staff" autosize minRows={1} maxLength={2000} value={note} onChange={(event) => { setNote(event.currentTarget.value); setKey(newKey()); }} />
              <Checkbox label="Book even over time off" description="Only if you know what you are doing: clients never can." checked={override} onChange={(event) => { setOverride(event.currentTarget.checked); setKey(newKey()); }} />
              <ProblemNotice error={book.error}>
                {alternatives.length > 0 && (
                  <Group gap="xs" mt="xs"><Text size="sm">Free instead:</Text>{alternatives.slice(0, 4).map((slot) => (
                    <Button key={slot.startAt + slot.staffId} size="compact-sm" variant="default" type="button" onClick={() => { setStartAt(slot.startAt); setKey(newKey()); book.reset(); }}>{dateTime(slot.startAt, zone)}</Button>
                  ))}</Group>
                )}
              </ProblemNotice>
              <Actions>
                {startAt && <Text size="sm" mr="auto">{dateTime(startAt, zone)}{unlisted ? ' (as pointed at in the calendar)' : ''}</Text>}
                <Button variant="default" type="button" onClick={close}>Cancel</Button>
                <Button type="submit" disabled={!serviceId || !startAt || client.trim() === ''} loading={book.isPending}>Book the appointment</Button>
              </Actions>
            </Stack>
          </form>
        )}
    </Window>
  );
}
