import { ActionIcon, Alert, Group, Stack, Text } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Availability, Slot } from '../api/types';
import { clock, dayName, zoneName } from '../time/format';
import { dateIn, instantAt, plusDays } from '../time/zones';
import { Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';

interface Props {
  queryKey: readonly unknown[];
  load: (from: string, to: string) => Promise<Availability>;
  zone: string;
  date: string;
  setDate: (date: string) => void;
  chosen: string | null;
  choose: (slot: Slot) => void;
  staffView?: boolean;
}

/** A day, and the times of that day that can be booked, in one named zone. */
export function SlotChooser({ queryKey, load, zone, date, setDate, chosen, choose, staffView = false }: Props) {
  const today = dateIn(new Date(), zone);
  const availability = useQuery({
    queryKey: ['availability', ...queryKey, date, zone],
    queryFn: () => load(instantAt(date, zone).toISOString(), instantAt(plusDays(date, 1), zone).toISOString()),
  });
  const slots = availability.data?.slots ?? [];
  const stale = staffView && availability.data?.calendarFreshness?.some((each) => each.stale);
  return (
    <Group align="flex-start" gap="xl">
      <DatePicker value={date} onChange={(value) => { if (value) setDate(value); }} minDate={today} firstDayOfWeek={1} weekendDays={[]} aria-label="Day" highlightToday
        defaultDate={date} size="sm" nextLabel="Month after" previousLabel="Month before" />
      <Stack gap="sm" flex={1} miw={230}>
        <Group justify="space-between" wrap="nowrap">
          <Text fw={650} aria-live="polite">{dayName(date)}</Text>
          <Group gap={4} wrap="nowrap">
            <ActionIcon variant="default" aria-label="Day before" disabled={date <= today} onClick={() => setDate(plusDays(date, -1))}><IconChevronLeft size={17} /></ActionIcon>
            <ActionIcon variant="default" aria-label="Day after" onClick={() => setDate(plusDays(date, 1))}><IconChevronRight size={17} /></ActionIcon>
          </Group>
        </Group>
        {availability.isPending && <Waiting what="Looking for free times" />}
        <ProblemNotice error={availability.error} retry={() => { void availability.refetch(); }} />
        {availability.data && slots.length === 0 && <Text size="sm" c="gray.6">No time is free on this day. Try another one.</Text>}
        {slots.length > 0 && (
          <div className="tt-slots" role="group" aria-label={`Free times on ${dayName(date)}`}>
            {slots.map((slot) => (
              <button key={slot.startAt} type="button" className="tt-slot" aria-pressed={slot.startAt === chosen} onClick={() => choose(slot)}>{clock(slot.startAt, zone)}</button>
            ))}
          </div>
        )}
        {stale && <Alert color="orange" p="xs"><Text size="xs">These times rest on a calendar that was not confirmed lately.</Text></Alert>}
        <Text size="xs" c="gray.6">Times in {zoneName(zone, instantAt(date, zone))}.</Text>
      </Stack>
    </Group>
  );
}
