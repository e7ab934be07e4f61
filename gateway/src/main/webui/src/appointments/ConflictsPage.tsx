import { Anchor, Group, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { CalendarEntry, Conflict } from '../api/types';
import { range, zoneName } from '../time/format';
import { Empty, PageTitle, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { useConflicts } from './useConflicts';
import { useStaffMember } from './useStaffZone';

/** Every appointment that time off overlaps, with both beside each other. */
export function ConflictsPage() {
  const conflicts = useConflicts();
  return (
    <>
      <PageTitle back={{ to: '/appointments', label: 'Appointments' }} subtitle="An appointment and time off at the same time. Nothing was changed: move or cancel the appointment, or change the other entry where it comes from.">Conflicts</PageTitle>
      <div className="tt-card">
        {conflicts.isPending && <Waiting />}
        <ProblemNotice error={conflicts.error} retry={() => { void conflicts.refetch(); }} />
        {conflicts.data?.items.length === 0 && <Empty title="No conflicts" icon={<IconCircleCheck size={24} />}>No coming appointment overlaps time off.</Empty>}
        {conflicts.data && conflicts.data.items.length > 0 && (
          <table className="tt-table tt-stack">
            <thead><tr><th scope="col">Who</th><th scope="col">Appointment</th><th scope="col">Overlaps</th></tr></thead>
            <tbody>{conflicts.data.items.map((conflict) => <Row key={`${conflict.appointment.id} ${conflict.timeOff.id}`} conflict={conflict} />)}</tbody>
          </table>
        )}
      </div>
      {conflicts.data?.next && <Text size="sm" c="gray.6" mt="sm">There are more; they appear when these are settled.</Text>}
    </>
  );
}

function Row({ conflict: { appointment, timeOff } }: { conflict: Conflict }) {
  const { name, zone } = useStaffMember(appointment.staffId);
  return (
    <tr>
      <td data-label="Who"><div><Text size="sm" fw={600}>{name}</Text><Text size="xs" c="gray.6">{zoneName(zone, new Date(appointment.startAt))}</Text></div></td>
      <td data-label="Appointment"><Side entry={appointment} zone={zone} /></td>
      <td data-label="Overlaps"><Side entry={timeOff} zone={zone} /></td>
    </tr>
  );
}

function Side({ entry, zone }: { entry: CalendarEntry; zone: string }) {
  return (
    <div>
      <Group gap={6}><Anchor component={Link} size="sm" to={`/appointments?entry=${entry.number}&date=${entry.startAt.slice(0, 10)}&staff=${entry.staffId}`}>#{entry.number}</Anchor><Text size="sm">{entry.title}</Text></Group>
      <Text size="xs" c="gray.7" className="tt-numbers">{range(entry.startAt, entry.endAt, zone, entry.allDay)}</Text>
    </div>
  );
}
