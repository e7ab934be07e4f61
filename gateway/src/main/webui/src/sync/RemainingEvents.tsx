import { Alert, List, Text } from '@mantine/core';
import { IconTrashX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { listRemainingEvents } from '../api/calendarSync';
import { useStaffMember } from '../appointments/useStaffZone';
import { dateTime, zoneName } from '../time/format';

/** [tt] events that should be gone, but stand in a calendar that Timetether may not use any more. */
export function RemainingEvents({ staffId }: { staffId: string }) {
  const { zone } = useStaffMember(staffId);
  const remaining = useQuery({ queryKey: ['remaining-events', staffId], queryFn: () => listRemainingEvents(staffId) });
  const events = remaining.data?.items ?? [];
  if (events.length === 0) return null;
  return (
    <Alert color="orange" icon={<IconTrashX size={20} aria-hidden />} title={events.length === 1 ? 'One [tt] event should be gone' : `${events.length} [tt] events should be gone`}>
      <Text size="sm">They still stand in Office 365, because nobody authorises Timetether to use these calendars any more. Connect the account again and they go by themselves, or delete them in Outlook.</Text>
      <List size="sm" mt={6}>
        {events.slice(0, 10).map((event) => <List.Item key={event.id}>{event.calendarName}{event.startsAt ? ` · ${dateTime(event.startsAt, zone)}` : ''}</List.Item>)}
      </List>
      <Text size="xs" c="gray.7" mt={4}>{events.length > 10 ? `And ${events.length - 10} more. ` : ''}Times in {zoneName(zone)}.</Text>
    </Alert>
  );
}
