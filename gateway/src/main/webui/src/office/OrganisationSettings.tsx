import { Button, Group, Radio, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeOrganisation } from '../api/scheduling';
import type { Organisation } from '../api/types';
import { CopyLink } from '../ui/CopyLink';
import { fieldError } from '../ui/FormWindow';
import { beforehand, Minutes } from '../ui/Minutes';
import { ProblemNotice } from '../ui/ProblemNotice';
import { ZoneSelect } from '../ui/ZoneSelect';

/** What holds for the whole organisation; only what was changed is sent. */
export function OrganisationSettings({ organisation }: { organisation: Organisation }) {
  const queries = useQueryClient();
  const [wanted, setWanted] = useState({
    name: organisation.name, timeZone: organisation.timeZone, outboundPrefix: organisation.outboundPrefix, stalePolicy: organisation.stalePolicy,
    moveCutOffMinutes: organisation.moveCutOffMinutes, cancelCutOffMinutes: organisation.cancelCutOffMinutes, reminderMinutes: organisation.reminderMinutes,
  });
  const set = (change: Partial<typeof wanted>) => setWanted({ ...wanted, ...change });
  const save = useMutation({
    mutationFn: () => changeOrganisation(organisation.version, { ...wanted, name: wanted.name.trim(), outboundPrefix: wanted.outboundPrefix.trim() }),
    onSuccess: async () => {
      notifications.show({ color: 'tether', message: 'The settings are saved.' });
      await Promise.all([queries.invalidateQueries({ queryKey: ['organisation'] }), queries.invalidateQueries({ queryKey: ['me'] })]);
    },
  });
  return (
    <div className="tt-card" style={{ padding: 24 }}>
      <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
        <Stack maw={620} gap="lg">
          <CopyLink label="Public booking page" link={`${window.location.origin}/book/${organisation.slug}`} />
          <TextInput label="Name" required maxLength={200} value={wanted.name} error={fieldError(save.error, 'name')} onChange={(event) => set({ name: event.currentTarget.value })} />
          <ZoneSelect description="Staff members and locations can have their own" value={wanted.timeZone} onChange={(timeZone) => set({ timeZone })} />
          <Title order={2} fz={16} mt="sm">Clients</Title>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Minutes label="May move an appointment until" description="Before it starts; a service can be stricter" none="It starts" usual={beforehand} value={wanted.moveCutOffMinutes}
              error={fieldError(save.error, 'moveCutOffMinutes')} onChange={(moveCutOffMinutes) => set({ moveCutOffMinutes })} />
            <Minutes label="May cancel an appointment until" description="Before it starts; a service can be stricter" none="It starts" usual={beforehand} value={wanted.cancelCutOffMinutes}
              error={fieldError(save.error, 'cancelCutOffMinutes')} onChange={(cancelCutOffMinutes) => set({ cancelCutOffMinutes })} />
            <Minutes label="Are reminded by e-mail" description="So long before the start" none="Never" usual={beforehand} value={wanted.reminderMinutes}
              error={fieldError(save.error, 'reminderMinutes')} onChange={(reminderMinutes) => set({ reminderMinutes })} />
          </SimpleGrid>
          <Title order={2} fz={16} mt="sm">Office 365</Title>
          <TextInput label="Prefix in Office 365" required maxLength={20} maw={298} description="Stands before the name of every appointment that is written to a calendar" value={wanted.outboundPrefix}
            error={fieldError(save.error, 'outboundPrefix')} onChange={(event) => set({ outboundPrefix: event.currentTarget.value })} />
          <Radio.Group label="When an Office 365 calendar has not been confirmed for 15 minutes" value={wanted.stalePolicy} onChange={(value) => set({ stalePolicy: value as Organisation['stalePolicy'] })}>
            <Stack gap="xs" mt="xs">
              <Radio value="KEEP_LAST_KNOWN" label="Keep the last known busy time" description="Clients can go on booking what was free when it was last seen" />
              <Radio value="CLOSE_BOOKING" label="Close booking" description="Clients cannot book until the calendar is confirmed again" />
            </Stack>
          </Radio.Group>
          <ProblemNotice error={save.error} retry={save.error ? () => { save.reset(); void queries.invalidateQueries({ queryKey: ['organisation'] }); } : undefined} />
          <Group><Button type="submit" loading={save.isPending}>Save</Button></Group>
        </Stack>
      </form>
    </div>
  );
}
