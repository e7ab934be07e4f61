import { Alert, Anchor, Box, Button, Group, Menu, SegmentedControl, Select, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAlertTriangle, IconCalendarPlus, IconChevronDown, IconChevronLeft, IconChevronRight, IconClockOff } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { getCalendar, listStaff } from '../api/scheduling';
import type { CalendarEntry } from '../api/types';
import { useMe, zoneOf } from '../app/identity';
import { numberIn } from '../app/SearchBox';
import { dayName, zoneName } from '../time/format';
import { dateIn, instantAt, plusDays } from '../time/zones';
import { Empty, PageTitle, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { EntryDrawer } from './EntryDrawer';
import { MoveWindow, type Move } from './MoveWindow';
import { NewAppointmentWindow } from './NewAppointmentWindow';
import { NewTimeOffWindow } from './NewTimeOffWindow';
import { mondayOf } from './entries';
import { useConflicts } from './useConflicts';

const WallCalendar = lazy(async () => ({ default: (await import('./WallCalendar')).WallCalendar }));

/** The calendar of a staff member, by day or week; every entry opens beside it. State lives in the address. */
export function AppointmentsPage() {
  const me = useMe();
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const [query, setQuery] = useSearchParams();
  const [creating, setCreating] = useState<'appointment' | 'time-off' | null>(null);
  const [startWish, setStartWish] = useState<string | null>(null);
  const [move, setMove] = useState<Move | null>(null);

  const staffList = useQuery({ queryKey: ['staff'], queryFn: listStaff });
  const everybody = (staffList.data?.items ?? []).filter(({ active }) => active);
  const staffId = query.get('staff') || me.staffMember?.id || everybody[0]?.id;
  const staff = everybody.find(({ id }) => id === staffId);
  const zone = staff?.timeZone ?? zoneOf(me);
  const view: 'day' | 'week' = (query.get('view') ?? (narrow ? 'day' : 'week')) === 'day' ? 'day' : 'week';
  const today = dateIn(new Date(), zone);
  const wished = query.get('date') ?? '';
  const date = /^\d{4}-\d{2}-\d{2}$/.test(wished) ? wished : today;
  const first = view === 'week' ? mondayOf(date) : date;
  const afterLast = plusDays(first, view === 'week' ? 7 : 1);
  const entryNumber = numberIn(query.get('entry') ?? '');

  const calendar = useQuery({
    queryKey: ['calendar', staffId, first, afterLast, zone],
    enabled: staffId !== undefined && staffList.isSuccess,
    queryFn: () => getCalendar(staffId!, instantAt(first, zone).toISOString(), instantAt(afterLast, zone).toISOString()),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });

  // While it is asked again, what went wrong stays on the screen.
  const trouble = calendar.error ?? (calendar.errorUpdateCount > 0 ? calendar.failureReason : null);
  const go = (change: Record<string, string | null>) => setQuery((was) => {
    const next = new URLSearchParams(was);
    for (const [name, value] of Object.entries(change)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    return next;
  });
  const step = view === 'week' ? 7 : 1;
  const heading = view === 'day' ? dayName(first) : `${dayName(first).replace(/^\w+ /, '')} – ${dayName(plusDays(afterLast, -1)).replace(/^\w+ /, '')}`;
  const stale = calendar.data?.items.some((entry) => entry.stale) ?? false;

  if (staffList.isPending) return <Waiting what="Loading the calendar" />;
  return (
    <>
      <PageTitle aside={
        <Group gap="xs">
          <Menu position="bottom-end">
            <Menu.Target><Button rightSection={<IconChevronDown size={16} aria-hidden />} disabled={!staffId}>New</Button></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconCalendarPlus size={17} aria-hidden />} onClick={() => { setStartWish(null); setCreating('appointment'); }}>Appointment</Menu.Item>
              <Menu.Item leftSection={<IconClockOff size={17} aria-hidden />} onClick={() => { setStartWish(null); setCreating('time-off'); }}>Time off</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      }>Appointments</PageTitle>
      {staffList.error && <ProblemNotice error={staffList.error} retry={() => { void staffList.refetch(); }} />}
      <Conflicts open={(number) => go({ entry: String(number) })} />
      {staffId === undefined ? (
        <div className="tt-card"><Empty title="There is nobody to book yet" action={<Button component={Link} to="/staff" variant="light">Add a staff member</Button>}>Appointments belong to staff members.</Empty></div>
      ) : (
        <>
          <Group justify="space-between" mb="sm" gap="sm">
            <Group gap="xs">
              <Button.Group>
                <Button variant="default" px="xs" aria-label={view === 'week' ? 'Week before' : 'Day before'} onClick={() => go({ date: plusDays(date, -step) })}><IconChevronLeft size={18} /></Button>
                <Button variant="default" onClick={() => go({ date: null })}>Today</Button>
                <Button variant="default" px="xs" aria-label={view === 'week' ? 'Week after' : 'Day after'} onClick={() => go({ date: plusDays(date, step) })}><IconChevronRight size={18} /></Button>
              </Button.Group>
              <Text fw={650} fz={{ base: 16, sm: 18 }} ml={4} component="h2" aria-live="polite">{heading} {plusDays(afterLast, -1).slice(0, 4)}</Text>
            </Group>
            <Group gap="sm">
              {everybody.length > 1 && (
                <Select aria-label="Whose calendar" w={{ base: 170, sm: 210 }} allowDeselect={false} searchable={everybody.length > 8} data={everybody.map(({ id, name }) => ({ value: id, label: name }))}
                  value={staffId} onChange={(value) => go({ staff: value === me.staffMember?.id ? null : value })} />
              )}
              <SegmentedControl aria-label="Day or week" value={view} onChange={(value) => go({ view: value })} data={[{ value: 'day', label: 'Day' }, { value: 'week', label: 'Week' }]} />
            </Group>
          </Group>
          <ProblemNotice error={trouble} retry={() => { void calendar.refetch(); }} />
          {stale && (
            <Alert color="orange" mb="sm" role="status" icon={<IconAlertTriangle size={20} aria-hidden />}>
              <Text size="sm">Entries with a dashed edge come from a calendar that was not confirmed lately; they are the last known busy time.</Text>
            </Alert>
          )}
          <Box className="tt-card tt-calendar" p={{ base: 0, sm: 'xs' }}>
            <Suspense fallback={<Waiting what="Loading the calendar" />}>
              <WallCalendar view={view} date={first} zone={zone} entries={calendar.data?.items ?? []}
                open={(entry: CalendarEntry) => go({ entry: String(entry.number) })}
                create={(wall) => { setStartWish(wall); setCreating('appointment'); }}
                move={(entry, wall) => setMove({ entry, startAt: instantAt(wall, zone).toISOString() })} />
            </Suspense>
          </Box>
          <Group mt="sm" justify="space-between" gap="sm">
            <Legend />
            <Text size="xs" c="gray.6">Times in {zoneName(zone)}{staff && staff.id !== me.staffMember?.id ? ` · ${staff.name}` : ''}</Text>
          </Group>
          {calendar.data?.items.length === 0 && <Text size="sm" c="gray.6" mt="xs">Nothing is booked {view === 'week' ? 'this week' : 'on this day'}. <Anchor component="button" size="sm" onClick={() => setCreating('appointment')}>Book an appointment</Anchor></Text>}
        </>
      )}
      <EntryDrawer number={entryNumber} close={() => go({ entry: null })} show={(onDate, whose) => go({ date: onDate, staff: whose === me.staffMember?.id ? null : whose })} />
      {creating === 'appointment' && staffId && <NewAppointmentWindow staffId={staffId} startWall={startWish} close={() => setCreating(null)} booked={(appointment) => { setCreating(null); go({ date: dateIn(appointment.startAt, zone), entry: String(appointment.number) }); }} />}
      {creating === 'time-off' && staffId && <NewTimeOffWindow staffId={staffId} zone={zone} date={date} close={() => setCreating(null)} />}
      {move && <MoveWindow move={move} zone={zone} own={move.entry.staffId === me.staffMember?.id} close={() => setMove(null)} />}
    </>
  );
}

function Legend() {
  return (
    <Group gap="md" aria-label="Legend" role="group">
      <span className="tt-legend"><i className="tt-entry tt-entry-appointment" />Appointment</span>
      <span className="tt-legend"><i className="tt-entry tt-entry-external" />[ext] from Office 365</span>
      <span className="tt-legend"><i className="tt-entry tt-entry-manual" />Time off</span>
    </Group>
  );
}

/** Appointments that time off overlaps, imported or entered: both stay, and a person decides. */
function Conflicts({ open }: { open: (number: number) => void }) {
  const conflicts = useConflicts();
  const numbers = [...new Set(conflicts.data?.items.map(({ appointment }) => appointment.number))];
  if (numbers.length === 0) return null;
  return (
    <Alert color="orange" mb="md" icon={<IconAlertTriangle size={20} aria-hidden />} title={numbers.length === 1 ? 'One appointment overlaps time off' : `${numbers.length} appointments overlap time off`}>
      <Text size="sm">
        Nothing was changed; please move one of the two:{' '}
        {numbers.slice(0, 3).map((number, index) => (
          <span key={number}>{index > 0 ? ', ' : ''}<Anchor component="button" size="sm" onClick={() => open(number)}>appointment {number}</Anchor></span>
        ))}
        {numbers.length > 3 && ` and ${numbers.length - 3} more`}. <Anchor component={Link} to="/appointments/conflicts" size="sm" fw={600}>Show all conflicts</Anchor>
      </Text>
    </Alert>
  );
}
