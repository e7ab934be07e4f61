import { ActionIcon, Button, Group, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteHoursException, listHoursExceptions, putHoursException } from '../api/scheduling';
import type { HoursException } from '../api/types';
import { dayName, zoneName } from '../time/format';
import { dateIn } from '../time/zones';
import { fieldError, FormWindow } from '../ui/FormWindow';
import { ProblemNotice } from '../ui/ProblemNotice';

const spoken = (date: string) => `${dayName(date)} ${date.slice(0, 4)}`;
const inWords = ({ ranges }: HoursException) => (ranges.length === 0 ? 'Closed' : ranges.map(({ start, end }) => `${start.slice(0, 5)} – ${end.slice(0, 5)}`).join(', '));

/** Dates on which other hours hold than the week says, or none. */
export function OtherHours({ staffId, zone, mayChange }: { staffId: string; zone: string; mayChange: boolean }) {
  const queries = useQueryClient();
  const [open, setOpen] = useState<HoursException | 'new' | null>(null);
  const key = ['hours-exceptions', staffId];
  const dates = useQuery({ queryKey: key, queryFn: () => listHoursExceptions(staffId) });
  const again = () => queries.invalidateQueries({ queryKey: key });
  const remove = useMutation({ mutationFn: (date: string) => deleteHoursException(staffId, date), onSuccess: again });
  return (
    <section className="tt-card" style={{ padding: 24, marginTop: 16 }} aria-labelledby="other-hours">
      <Group justify="space-between" gap="sm">
        <div>
          <Title order={2} fz={16} id="other-hours">Dates with other hours</Title>
          <Text size="sm" c="gray.6">On these dates the week above does not hold.</Text>
        </div>
        {mayChange && <Button variant="default" onClick={() => setOpen('new')}>Add a date</Button>}
      </Group>
      <ProblemNotice error={dates.error ?? remove.error} retry={() => { remove.reset(); void dates.refetch(); }} />
      {dates.data?.items.length === 0 && <Text size="sm" c="gray.6" mt="md">None is coming up.</Text>}
      {dates.data && dates.data.items.length > 0 && (
        <Stack component="ul" gap={0} p={0} mt="md" mb={0} maw={540} style={{ listStyle: 'none' }}>
          {dates.data.items.map((one) => (
            <Group component="li" key={one.date} justify="space-between" gap="sm" py="xs" className="tt-row">
              <div><Text size="sm" fw={600}>{spoken(one.date)}</Text><Text size="sm" c="gray.7" className="tt-numbers">{inWords(one)}</Text></div>
              {mayChange && (
                <Group gap={6} wrap="nowrap">
                  <Button size="compact-sm" variant="default" aria-label={`Change ${spoken(one.date)}`} onClick={() => setOpen(one)}>Change</Button>
                  <Button size="compact-sm" variant="light" color="red" loading={remove.isPending && remove.variables === one.date} aria-label={`Remove ${spoken(one.date)}`} onClick={() => remove.mutate(one.date)}>Remove</Button>
                </Group>
              )}
            </Group>
          ))}
        </Stack>
      )}
      {open && <DateWindow staffId={staffId} zone={zone} known={open === 'new' ? null : open} close={() => setOpen(null)} done={again} />}
    </section>
  );
}

function DateWindow({ staffId, zone, known, close, done }: { staffId: string; zone: string; known: HoursException | null; close: () => void; done: () => Promise<unknown> }) {
  const today = dateIn(new Date(), zone);
  const [date, setDate] = useState(known?.date ?? today);
  const [closed, setClosed] = useState(known?.ranges.length === 0);
  const [ranges, setRanges] = useState(known && known.ranges.length > 0 ? known.ranges.map(({ start, end }) => ({ start: start.slice(0, 5), end: end.slice(0, 5) })) : [{ start: '09:00', end: '13:00' }]);
  const edit = (at: number, change: Partial<{ start: string; end: string }>) => setRanges(ranges.map((range, index) => (index === at ? { ...range, ...change } : range)));
  const save = useMutation({
    mutationFn: () => putHoursException(staffId, date, closed ? [] : ranges),
    onSuccess: async () => { await done(); close(); },
  });
  return (
    <FormWindow title={known ? `Hours on ${spoken(known.date)}` : 'A date with other hours'} close={close} error={save.error}
      submit={{ label: 'Save', run: save.mutate, pending: save.isPending, disabled: !/^\d{4}-\d{2}-\d{2}$/.test(date) || (!closed && ranges.length === 0) }}>
      {!known && <TextInput label="Date" type="date" required min={today} data-autofocus value={date} error={fieldError(save.error, 'date')} onChange={(event) => setDate(event.currentTarget.value)} />}
      <Switch label="Closed all day" checked={closed} onChange={(event) => setClosed(event.currentTarget.checked)} />
      {!closed && (
        <Stack gap="xs">
          {ranges.map((range, index) => (
            <Group key={index} gap="xs" wrap="nowrap">
              <TextInput w={90} aria-label={`From, range ${index + 1}`} value={range.start} onChange={(event) => edit(index, { start: event.currentTarget.value })} />
              <span>–</span>
              <TextInput w={90} aria-label={`Until, range ${index + 1}`} value={range.end} onChange={(event) => edit(index, { end: event.currentTarget.value })} />
              {ranges.length > 1 && <ActionIcon variant="subtle" color="gray" aria-label={`Remove range ${index + 1}`} onClick={() => setRanges(ranges.filter((_, other) => other !== index))}><IconTrash size={17} /></ActionIcon>}
            </Group>
          ))}
          <Group><Button type="button" size="compact-sm" variant="subtle" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setRanges([...ranges, { start: '14:00', end: '18:00' }])}>Another range</Button></Group>
        </Stack>
      )}
      <Text size="xs" c="gray.6">Times in {zoneName(zone)}. Appointments that exist already stay.</Text>
    </FormWindow>
  );
}
