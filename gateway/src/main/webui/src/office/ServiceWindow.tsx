import { Divider, MultiSelect, NumberInput, Select, SimpleGrid, Stack, Switch, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeService, createService, listLocations, listStaff } from '../api/scheduling';
import type { NewService, Service } from '../api/types';
import { fieldError, FormWindow } from '../ui/FormWindow';
import { beforehand, Minutes } from '../ui/Minutes';

type Wanted = Required<Omit<NewService, 'staffIds'>> & { staffIds: string[]; offeredByAll: boolean; active: boolean };

const fresh: Wanted = {
  name: '', durationMinutes: 30, bufferBeforeMinutes: 0, bufferAfterMinutes: 0, slotGridMinutes: 15, minimumNoticeMinutes: 0, horizonDays: 365, needsConfirmation: false,
  moveCutOffMinutes: 0, cancelCutOffMinutes: 0, maxPerDayStaff: null, maxPerDayOrganisation: null, locationId: null, staffIds: [], offeredByAll: true, active: true,
};

const known = ({ name, durationMinutes, bufferBeforeMinutes, bufferAfterMinutes, slotGridMinutes, minimumNoticeMinutes, horizonDays, needsConfirmation, moveCutOffMinutes, cancelCutOffMinutes,
  maxPerDayStaff = null, maxPerDayOrganisation = null, locationId = null, staffIds, offeredByAll, active }: Service): Wanted => ({
  name, durationMinutes, bufferBeforeMinutes, bufferAfterMinutes, slotGridMinutes, minimumNoticeMinutes, horizonDays, needsConfirmation, moveCutOffMinutes, cancelCutOffMinutes,
  maxPerDayStaff, maxPerDayOrganisation, locationId, staffIds: [...staffIds], offeredByAll, active,
});

/** What is booked: how long, with what around it, by whom, and how early or late clients may do so. */
export function ServiceWindow({ service, close }: { service: Service | null; close: () => void }) {
  const queries = useQueryClient();
  const [wanted, setWanted] = useState<Wanted>(() => (service ? known(service) : fresh));
  const set = (change: Partial<Wanted>) => setWanted({ ...wanted, ...change });
  const staff = useQuery({ queryKey: ['staff'], queryFn: listStaff });
  const locations = useQuery({ queryKey: ['locations'], queryFn: listLocations });
  const save = useMutation({
    mutationFn: () => {
      const { staffIds, offeredByAll, active, ...rest } = { ...wanted, name: wanted.name.trim() };
      if (!service) return createService({ ...rest, staffIds: offeredByAll ? undefined : staffIds });
      // For a service that exists, no maximum is said as 0: what is left out stays as it is.
      return changeService(service, { ...rest, maxPerDayStaff: rest.maxPerDayStaff ?? 0, maxPerDayOrganisation: rest.maxPerDayOrganisation ?? 0, active, ...(offeredByAll ? { offeredByAll } : { staffIds }) });
    },
    onSuccess: async () => {
      if (service) notifications.show({ color: 'tether', message: 'The service is saved. Appointments that exist already stay as they are.' });
      close();
      await queries.invalidateQueries({ queryKey: ['services'] });
    },
  });
  const wrong = (field: string) => fieldError(save.error, field);
  const number = (field: 'durationMinutes' | 'bufferBeforeMinutes' | 'bufferAfterMinutes' | 'horizonDays', label: string, min: number, max: number, description?: string) => (
    <NumberInput label={label} description={description} required min={min} max={max} value={wanted[field] ?? ''} error={wrong(field)} onChange={(value) => set({ [field]: value === '' ? min : Number(value) })} />
  );
  const most = (field: 'maxPerDayStaff' | 'maxPerDayOrganisation', label: string, max: number) => (
    <NumberInput label={label} description="Empty: no maximum" min={1} max={max} value={wanted[field] ?? ''} error={wrong(field)} onChange={(value) => set({ [field]: value === '' ? null : Number(value) })} />
  );
  return (
    <FormWindow title={service ? `Change “${service.name}”` : 'New service'} close={close} size={640} error={save.error}
      submit={{ label: service ? 'Save' : 'Add the service', run: save.mutate, pending: save.isPending, disabled: wanted.name.trim() === '' || (!wanted.offeredByAll && wanted.staffIds.length === 0) }}>
      <TextInput label="Name" required maxLength={200} data-autofocus value={wanted.name} error={wrong('name')} onChange={(event) => set({ name: event.currentTarget.value })} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {number('durationMinutes', 'Duration in minutes', 1, 1440)}
        <Select label="Starts every" allowDeselect={false} data={[5, 10, 15, 20, 30, 60].map((minutes) => ({ value: String(minutes), label: `${minutes} minutes` }))} value={String(wanted.slotGridMinutes)} error={wrong('slotGridMinutes')}
          onChange={(value) => { if (value) set({ slotGridMinutes: Number(value) }); }} />
        {number('bufferBeforeMinutes', 'Free before (minutes)', 0, 480)}
        {number('bufferAfterMinutes', 'Free after (minutes)', 0, 480)}
      </SimpleGrid>
      <Stack gap="xs">
        <Switch label="Every staff member gives it" checked={wanted.offeredByAll} onChange={(event) => set({ offeredByAll: event.currentTarget.checked })} />
        {!wanted.offeredByAll && (
          <MultiSelect label="Given by" required searchable placeholder={wanted.staffIds.length === 0 ? 'Choose' : undefined} value={wanted.staffIds} error={wrong('staffIds')} onChange={(staffIds) => set({ staffIds })}
            data={staff.data?.items.filter(({ active, id }) => active || wanted.staffIds.includes(id)).map(({ id, name }) => ({ value: id, label: name })) ?? []} />
        )}
        {(locations.data?.items.length ?? 0) > 0 && (
          <Select label="Location" clearable={!service?.locationId} placeholder="None in particular" value={wanted.locationId} error={wrong('locationId')} onChange={(locationId) => set({ locationId })}
            data={locations.data!.items.filter(({ active, id }) => active || id === wanted.locationId).map(({ id, name }) => ({ value: id, label: name }))} />
        )}
      </Stack>
      <Divider />
      <Title order={3} fz={15}>Booking by clients</Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Minutes label="Can be booked until" description="Before it starts" none="It starts" usual={beforehand} value={wanted.minimumNoticeMinutes ?? 0} error={wrong('minimumNoticeMinutes')} onChange={(minimumNoticeMinutes) => set({ minimumNoticeMinutes })} />
        {number('horizonDays', 'Can be booked ahead (days)', 1, 1100, 'Counted from today')}
        <Minutes label="Can be moved until" description="The organisation’s limit holds too" none="It starts" usual={beforehand} value={wanted.moveCutOffMinutes ?? 0} error={wrong('moveCutOffMinutes')} onChange={(moveCutOffMinutes) => set({ moveCutOffMinutes })} />
        <Minutes label="Can be cancelled until" description="The organisation’s limit holds too" none="It starts" usual={beforehand} value={wanted.cancelCutOffMinutes ?? 0} error={wrong('cancelCutOffMinutes')} onChange={(cancelCutOffMinutes) => set({ cancelCutOffMinutes })} />
        {most('maxPerDayStaff', 'At most, per day and staff member', 1000)}
        {most('maxPerDayOrganisation', 'At most, per day in all', 100_000)}
      </SimpleGrid>
      <Switch label="Bookings by clients need a confirmation" checked={wanted.needsConfirmation ?? false} onChange={(event) => set({ needsConfirmation: event.currentTarget.checked })} />
      {service && <Switch label="Can be booked" description="Off: it is offered nowhere; appointments that exist stay" checked={wanted.active} onChange={(event) => set({ active: event.currentTarget.checked })} />}
    </FormWindow>
  );
}
