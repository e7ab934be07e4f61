import { Anchor, Badge, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { attemptExternalChange, deleteTimeOff, getTimeOff } from '../api/scheduling';
import type { CalendarEntry, SeriesScope } from '../api/types';
import { range, zoneName } from '../time/format';
import { dateIn } from '../time/zones';
import { Fact, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { ExternalExplanation } from './ExternalExplanation';
import { useStaffMember } from './useStaffZone';

interface Props { entry: CalendarEntry; own: boolean; close: () => void; show: (date: string, staffId: string) => void }

/** Time Off: what blocks, from when to when, and where it comes from. */
export function TimeOffDetail({ entry, own, close, show }: Props) {
  const queries = useQueryClient();
  const { name, zone } = useStaffMember(entry.staffId);
  const detail = useQuery({ queryKey: ['time-off', entry.id], queryFn: () => getTimeOff(entry.id) });
  const external = entry.source === 'EXTERNAL';
  const remove = useMutation({
    mutationFn: (scope: SeriesScope) => deleteTimeOff(entry.id, detail.data?.version ?? 0, scope),
    onSuccess: async () => {
      notifications.show({ color: 'tether', message: 'The time off is removed; its time can be booked again.' });
      close();
      await queries.invalidateQueries({ queryKey: ['calendar'] });
    },
  });
  const attempt = useMutation({ mutationFn: () => attemptExternalChange(entry.id) });
  const source = detail.data?.origin ?? attempt.data;
  return (
    <Stack gap="lg">
      <Group gap="xs">
        {external ? <Badge color="violet" variant="light">From Office 365</Badge> : <Badge color="gray" variant="light">Entered in Timetether</Badge>}
        {entry.stale && <Badge color="orange" variant="light">Not confirmed lately</Badge>}
      </Group>
      <Text fw={650} fz={19} lh={1.3}>{entry.title}</Text>
      <Stack component="dl" gap="md" m={0}>
        <Fact label="When">{range(entry.startAt, entry.endAt, zone, entry.allDay)}<Text size="xs" c="gray.6">{zoneName(zone, new Date(entry.startAt))}</Text></Fact>
        <Fact label="Who">{name}</Fact>
        <Fact label="Source">
          {external ? `Office 365 calendar${source?.calendarName ? ` “${source.calendarName}”` : ''}` : 'Entered in Timetether'}
        </Fact>
        {detail.data?.seriesId && <Fact label="Repeats">One of a series</Fact>}
        <Fact label="Effect">No client can book this time.</Fact>
      </Stack>
      {detail.isPending && <Waiting />}
      {detail.error && <ProblemNotice error={detail.error} retry={() => { void detail.refetch(); }} />}
      {external && attempt.isSuccess && <ExternalExplanation calendarName={source?.calendarName} webLink={attempt.data?.webLink ?? source?.webLink} own={own} />}
      <ProblemNotice error={remove.error ?? attempt.error} />
      <Group gap="sm">
        {external && <Button variant="default" loading={attempt.isPending} onClick={() => attempt.mutate()}>Change</Button>}
        {detail.data?.seriesId
          ? (
            <Menu position="bottom-start" withinPortal>
              <Menu.Target><Button variant="light" color="red" loading={remove.isPending} rightSection={<IconChevronDown size={16} aria-hidden />}>Delete</Button></Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => remove.mutate('THIS')}>Only this one</Menu.Item>
                <Menu.Item onClick={() => remove.mutate('FOLLOWING')}>This one and those after it</Menu.Item>
                <Menu.Item onClick={() => remove.mutate('ALL')}>All of the series</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )
          : <Button variant="light" color="red" loading={remove.isPending} onClick={() => (external ? attempt.mutate() : remove.mutate('THIS'))}>Delete</Button>}
        <Anchor component="button" size="sm" onClick={() => show(dateIn(entry.startAt, zone), entry.staffId)}>Show in the calendar</Anchor>
      </Group>
    </Stack>
  );
}
