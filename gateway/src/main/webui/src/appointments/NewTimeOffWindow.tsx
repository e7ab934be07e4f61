import { Select, SimpleGrid, Switch, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createTimeOff } from '../api/scheduling';
import type { Repetition } from '../api/types';
import { zoneName } from '../time/format';
import { instantAt, plusDays } from '../time/zones';
import { fieldError, FormWindow } from '../ui/FormWindow';

export function NewTimeOffWindow({ staffId, zone, date, close }: { staffId: string; zone: string; date: string; close: () => void }) {
  const queries = useQueryClient();
  const [title, setTitle] = useState('');
  const [allDay, setAllDay] = useState(false);
  const [start, setStart] = useState(`${date}T09:00`);
  const [end, setEnd] = useState(`${date}T10:00`);
  const [frequency, setFrequency] = useState<Repetition['frequency'] | 'NEVER'>('NEVER');
  const [until, setUntil] = useState(plusDays(date, 28));
  const repeats: Repetition | undefined = frequency === 'NEVER' ? undefined : { frequency, until };
  const instant = (wall: string) => instantAt(`${wall}:00`, zone).toISOString();
  const create = useMutation({
    mutationFn: () => createTimeOff(allDay
      ? { staffId, title: title.trim(), startDate: start.slice(0, 10), endDate: plusDays(end.slice(0, 10), 1), repeats }
      : { staffId, title: title.trim(), startAt: instant(start), endAt: instant(end), repeats }),
    onSuccess: async () => {
      notifications.show({ color: 'tether', message: 'The time off is entered; no client can book it.' });
      close();
      await queries.invalidateQueries({ queryKey: ['calendar'] });
    },
  });
  const type = allDay ? 'date' : 'datetime-local';
  const shown = (wall: string) => (allDay ? wall.slice(0, 10) : wall);
  const taken = (value: string, was: string) => (allDay ? value + was.slice(10) : value);
  const wrong = allDay ? end.slice(0, 10) < start.slice(0, 10) : end <= start;
  return (
    <FormWindow title="New time off" close={close} size={520} error={create.error}
      submit={{ label: 'Enter the time off', run: create.mutate, pending: create.isPending, disabled: title.trim() === '' || wrong }}>
      <TextInput label="Title" required maxLength={200} data-autofocus value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
      <Switch label="All day" checked={allDay} onChange={(event) => setAllDay(event.currentTarget.checked)} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={allDay ? 'First day' : 'Starts'} required type={type} value={shown(start)} onChange={(event) => setStart(taken(event.currentTarget.value, start))} />
        <TextInput label={allDay ? 'Last day' : 'Ends'} required type={type} value={shown(end)} error={wrong ? 'Must be after the start' : undefined} onChange={(event) => setEnd(taken(event.currentTarget.value, end))} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select label="Repeats" allowDeselect={false} value={frequency} onChange={(value) => setFrequency(value as typeof frequency)}
          data={[{ value: 'NEVER', label: 'Never' }, { value: 'DAILY', label: 'Every day' }, { value: 'WEEKLY', label: 'Every week' }, { value: 'MONTHLY', label: 'Every month' }]} />
        {repeats && <TextInput label="For the last time on" type="date" required min={start.slice(0, 10)} value={until} error={fieldError(create.error, 'repeats.until')} onChange={(event) => setUntil(event.currentTarget.value)} />}
      </SimpleGrid>
      <Text size="xs" c="gray.6">Times in {zoneName(zone)}.</Text>
    </FormWindow>
  );
}
