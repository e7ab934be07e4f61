import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { getWorkingHours, replaceWorkingHours } from '../api/scheduling';
import type { WorkingHoursRule } from '../api/types';
import { zoneName } from '../time/format';
import { Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';

const days: WorkingHoursRule['dayOfWeek'][] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];
const dayLabel = (day: string) => day.charAt(0) + day.slice(1).toLowerCase();

/** A staff member's weekly hours, in their own zone; several ranges a day are possible. */
export function WorkingHours({ staffId, zone, mayChange }: { staffId: string; zone: string; mayChange: boolean }) {
  const hours = useQuery({ queryKey: ['working-hours', staffId], queryFn: () => getWorkingHours(staffId) });
  if (hours.isPending) return <Waiting />;
  if (!hours.data) return <ProblemNotice error={hours.error} retry={() => { void hours.refetch(); }} />;
  return <Week key={hours.dataUpdatedAt} staffId={staffId} zone={zone} mayChange={mayChange} initial={hours.data.rules} />;
}

function Week({ staffId, zone, mayChange, initial }: { staffId: string; zone: string; mayChange: boolean; initial: WorkingHoursRule[] }) {
  const queries = useQueryClient();
  const [rules, setRules] = useState(initial.map((rule) => ({ ...rule, start: rule.start.slice(0, 5), end: rule.end.slice(0, 5) })));
  const changed = JSON.stringify(rules) !== JSON.stringify(initial.map((rule) => ({ ...rule, start: rule.start.slice(0, 5), end: rule.end.slice(0, 5) })));
  const save = useMutation({
    mutationFn: () => replaceWorkingHours(staffId, rules),
    onSuccess: async () => {
      notifications.show({ color: 'tether', message: 'The working hours are saved. Appointments that exist already stay.' });
      await queries.invalidateQueries({ queryKey: ['working-hours', staffId] });
    },
  });
  const edit = (at: number, change: Partial<WorkingHoursRule>) => setRules(rules.map((rule, index) => (index === at ? { ...rule, ...change } : rule)));
  const more = (day: WorkingHoursRule['dayOfWeek']) => (
    <ActionIcon variant="subtle" aria-label={`Add hours on ${dayLabel(day)}`} onClick={() => setRules([...rules, { dayOfWeek: day, start: '09:00', end: '17:00' }])}><IconPlus size={17} /></ActionIcon>
  );
  return (
    <div className="tt-card" style={{ padding: 24 }}>
      <Text size="sm" c="gray.6" mb="md">Clients can book within these hours. Times in {zoneName(zone)}. An end that is not after its start lies on the next day; 24:00 is the end of the day.</Text>
      <Stack gap="sm" maw={540}>
        {days.map((day) => {
          const ofDay = rules.map((rule, index) => ({ rule, index })).filter(({ rule }) => rule.dayOfWeek === day);
          return (
            <Group key={day} align="flex-start" gap="md" style={{ rowGap: 2 }} role="group" aria-label={dayLabel(day)}>
              <Text size="sm" fw={600} w={{ base: '100%', sm: 96 }} pt={7}>{dayLabel(day)}</Text>
              <Stack gap="xs" flex={1} miw={200}>
                {ofDay.length === 0 && <Group gap="xs" mih={36} wrap="nowrap"><Text size="sm" c="gray.6" w={182}>Closed</Text>{mayChange && more(day)}</Group>}
                {ofDay.map(({ rule, index }, place) => (
                  <Group key={index} gap="xs" wrap="nowrap">
                    <TextInput size="sm" w={78} flex="none" value={rule.start} readOnly={!mayChange} aria-label={`${dayLabel(day)} from`} onChange={(event) => edit(index, { start: event.currentTarget.value })} />
                    <span>–</span>
                    <TextInput size="sm" w={78} flex="none" value={rule.end} readOnly={!mayChange} aria-label={`${dayLabel(day)} until`} onChange={(event) => edit(index, { end: event.currentTarget.value })} />
                    {mayChange && place === 0 && more(day)}
                    {mayChange && <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${rule.start} to ${rule.end} on ${dayLabel(day)}`} onClick={() => setRules(rules.filter((_, other) => other !== index))}><IconTrash size={17} /></ActionIcon>}
                  </Group>
                ))}
              </Stack>
            </Group>
          );
        })}
      </Stack>
      <Stack mt="lg" gap="sm">
        <ProblemNotice error={save.error} />
        {mayChange && <Group><Button disabled={!changed} loading={save.isPending} onClick={() => save.mutate()}>Save the hours</Button></Group>}
      </Stack>
    </div>
  );
}
