import { ActionIcon, Alert, Button, Group, Stack, Text } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Availability, Slot } from '../api/types';
import { clock, dayName, zoneName } from '../time/format';
import { dateIn, instantAt, plusDays } from '../time/zones';
import { Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';

interface Props {
  queryKey: readonly unknown[];
  load: (from: string, to: string) => Promise<Availability>;
  zone: string;
  /** A day that was asked for; without one, the first day with a free time is shown. */
  wishedDate?: string;
  chosen: string | null;
  choose: (slot: Slot | null) => void;
  staffView?: boolean;
}

/** A month with the days that have free times, and the times of one of them, in one named zone. */
export function SlotChooser({ queryKey, load, zone, wishedDate, chosen, choose, staffView = false }: Props) {
  const today = dateIn(new Date(), zone);
  const [picked, setPicked] = useState<string | null>(wishedDate && wishedDate >= today ? wishedDate : null);
  const [month, setMonth] = useState((picked ?? today).slice(0, 7));
  const first = month === today.slice(0, 7) ? today : `${month}-01`;
  const nextMonth = plusDays(`${month}-28`, 4).slice(0, 7);
  const availability = useQuery({
    queryKey: ['availability', ...queryKey, first, zone],
    queryFn: () => load(instantAt(first, zone).toISOString(), instantAt(`${nextMonth}-01`, zone).toISOString()),
  });
  const days = useMemo(() => {
    const byDay = new Map<string, Slot[]>();
    for (const slot of availability.data?.slots ?? []) {
      const day = dateIn(slot.startAt, zone);
      byDay.set(day, [...(byDay.get(day) ?? []), slot]);
    }
    return byDay;
  }, [availability.data, zone]);
  const date = picked ?? [...days.keys()][0] ?? first;
  // The end of a month is often full or past: look one month further once before saying so.
  const [looked, setLooked] = useState(false);
  if (!looked && picked === null && availability.data && days.size === 0) {
    setLooked(true);
    setMonth(nextMonth);
  }

  const go = (day: string) => {
    setPicked(day);
    setMonth(day.slice(0, 7));
    if (chosen !== null) choose(null);
  };
  const later = [...days.keys()].find((day) => day > date);
  const earlier = [...days.keys()].reverse().find((day) => day < date);
  const slots = days.get(date) ?? [];
  const stale = staffView && availability.data?.calendarFreshness?.some((each) => each.stale);
  return (
    <Group align="flex-start" gap="xl">
      <DatePicker value={date} date={`${month}-01`} onDateChange={(shown) => { setMonth(shown.slice(0, 7)); setPicked(null); setLooked(true); }} onChange={(value) => { if (value) go(value); }}
        minDate={today} firstDayOfWeek={1} weekendDays={[]} hideOutsideDates highlightToday size="sm" maxLevel="month" nextLabel="Month after" previousLabel="Month before"
        excludeDate={(day) => availability.data !== undefined && day.slice(0, 7) === month && !days.has(day) && !staffView}
        getDayProps={(day) => (days.has(day) ? { fw: 700, 'aria-label': `${dayName(day)}, ${days.get(day)!.length} free times` } : {})} />
      <Stack gap="sm" flex={1} miw={230}>
        <Group justify="space-between" wrap="nowrap">
          <Text fw={650} aria-live="polite">{dayName(date)}</Text>
          <Group gap={4} wrap="nowrap">
            <ActionIcon variant="default" aria-label="Day before with free times" disabled={!earlier} onClick={() => earlier && go(earlier)}><IconChevronLeft size={17} /></ActionIcon>
            <ActionIcon variant="default" aria-label="Next day with free times" disabled={!later} onClick={() => later && go(later)}><IconChevronRight size={17} /></ActionIcon>
          </Group>
        </Group>
        {availability.isPending && <Waiting what="Looking for free times" />}
        <ProblemNotice error={availability.error} retry={() => { void availability.refetch(); }} />
        {availability.data && slots.length === 0 && (
          <Stack gap="xs" align="flex-start">
            <Text size="sm" c="gray.6">{days.size === 0 ? 'No time is free in this month.' : 'No time is free on this day.'}</Text>
            {days.size === 0
              ? <Button size="compact-sm" variant="default" onClick={() => { setMonth(nextMonth); setPicked(null); }}>Look in the next month</Button>
              : <Button size="compact-sm" variant="default" onClick={() => go(later ?? earlier ?? date)}>Show a day with free times</Button>}
          </Stack>
        )}
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
