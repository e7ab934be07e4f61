import { Button, Checkbox, Divider, MultiSelect, NumberInput, Radio, Select, SimpleGrid, Stack, Switch, Textarea, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { changeFeed } from '../api/calendarSync';
import { listLocations, listServices } from '../api/scheduling';
import type { Feed, FeedSettings, OutsideEdits, ShowAs } from '../api/types';
import { ProblemNotice } from '../ui/ProblemNotice';
import { Actions, Window } from '../ui/Window';
import { statusWords } from '../ui/words';
import { EventPreview } from './EventPreview';

const shownAs: [ShowAs, string][] = [
  ['BUSY', 'Busy'], ['OOF', 'Out of office'], ['TENTATIVE', 'Tentative'], ['UNKNOWN', 'Not said'], ['FREE', 'Available (free)'], ['WORKING_ELSEWHERE', 'Working elsewhere'],
];
const sensitivities = [{ value: 'NORMAL', label: 'Normal' }, { value: 'PERSONAL', label: 'Personal' }, { value: 'PRIVATE', label: 'Private' }, { value: 'CONFIDENTIAL', label: 'Confidential' }];
type Written = NonNullable<FeedSettings['statuses']>[number];
const writable: Written[] = ['PENDING', 'OPEN', 'CONFIRMED', 'CHECKED_IN', 'IN_PROGRESS', 'COMPLETED', 'NO_SHOW'];

/** What one feed reads, what it writes and how that looks. Only what was changed is sent. */
export function FeedSettingsWindow({ feed, close, done }: { feed: Feed; close: () => void; done: () => Promise<unknown> }) {
  const [reading, setReading] = useState(feed.reading);
  const [writing, setWriting] = useState(feed.writing);
  const [settings, setSettings] = useState<FeedSettings>(feed.settings);
  const set = (change: Partial<FeedSettings>) => setSettings({ ...settings, ...change });
  const statuses = settings.statuses ?? writable;
  const services = useQuery({ queryKey: ['services'], queryFn: listServices });
  const locations = useQuery({ queryKey: ['locations'], queryFn: listLocations });
  const save = useMutation({
    mutationFn: () => changeFeed(feed, { reading, writing, settings: changed(feed.settings, settings) }),
    onSuccess: async () => {
      notifications.show({ color: 'tether', message: 'The settings are saved.' });
      close();
      await done();
    },
  });
  return (
    <Window title={`Settings of “${feed.calendar.name}”`} close={close} size={640}>
      <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
        <Stack gap="lg">
          <Stack gap="sm">
            <Switch label="Read busy time" description="What Outlook shows as Busy closes the time here as [ext]." checked={reading} onChange={(event) => setReading(event.currentTarget.checked)} />
            {reading && (
              <Stack gap="sm" pl={{ base: 0, sm: 52 }}>
                <Title order={3} fz={14}>What closes time here</Title>
                <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
                  {shownAs.map(([kind, label]) => (
                    <Checkbox key={kind} label={label} checked={settings.showAs[kind] === 'BLOCK'}
                      onChange={(event) => set({ showAs: { ...settings.showAs, [kind]: event.currentTarget.checked ? 'BLOCK' : 'IGNORE' } })} />
                  ))}
                </SimpleGrid>
                <Checkbox label="All-day events count too" description="They follow how they are shown; a whole date is closed." checked={settings.allDay === 'BLOCK'} onChange={(event) => set({ allDay: event.currentTarget.checked ? 'BLOCK' : 'IGNORE' })} />
                <Checkbox label="Colleagues may read the subjects" description="Otherwise they see “Busy”." disabled={settings.hideSubjects} checked={settings.shareSubjects && !settings.hideSubjects} onChange={(event) => set({ shareSubjects: event.currentTarget.checked })} />
                <Checkbox label="Hide all subjects" description="Subjects are kept encrypted and shown to the calendar’s owner alone, in View Feed." checked={settings.hideSubjects} onChange={(event) => set({ hideSubjects: event.currentTarget.checked })} />
              </Stack>
            )}
          </Stack>
          <Divider />
          <Stack gap="sm">
            <Switch label="Write appointments" description="Appointments appear in this calendar as [tt] events." checked={writing} disabled={!feed.calendar.canEdit} onChange={(event) => setWriting(event.currentTarget.checked)} />
            {writing && (
              <Stack gap="sm" pl={{ base: 0, sm: 52 }}>
                <Checkbox.Group label="Appointments with these states are written" value={statuses} onChange={(value) => set({ statuses: value.length === writable.length ? null : (value as Written[]) })}>
                  <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" mt="xs">{writable.map((status) => <Checkbox key={status} value={status} label={statusWords[status].label} />)}</SimpleGrid>
                </Checkbox.Group>
                <SimpleGrid cols={{ base: 1, sm: 2 }}>
                  <Only label="Only these services" all="All services" ids={settings.serviceIds} list={services.data?.items} choose={(serviceIds) => set({ serviceIds })} />
                  {(locations.data?.items.length ?? 0) > 0 && <Only label="Only these locations" all="All locations" ids={settings.locationIds} list={locations.data?.items} choose={(locationIds) => set({ locationIds })} />}
                </SimpleGrid>
                <TextInput label="Title" description="After the prefix. {service} and {client} are filled in; empty means the usual title." placeholder="{service} – {client}" maxLength={200} value={settings.titleTemplate ?? ''} onChange={(event) => set({ titleTemplate: event.currentTarget.value.trim() === '' ? null : event.currentTarget.value })} />
                <SimpleGrid cols={{ base: 1, sm: 2 }}>
                  <Select label="Shown as" allowDeselect={false} data={shownAs.filter(([kind]) => kind !== 'UNKNOWN').map(([value, label]) => ({ value, label }))} value={settings.eventShowAs} onChange={(value) => value && set({ eventShowAs: value as ShowAs })} />
                  <NumberInput label="Reminder (minutes before)" description="Empty: none" min={0} max={40320} value={settings.reminderMinutes ?? ''} onChange={(value) => set({ reminderMinutes: value === '' ? null : Number(value) })} />
                </SimpleGrid>
                <SimpleGrid cols={{ base: 1, sm: 2 }}>
                  <Select label="Sensitivity" allowDeselect={false} data={sensitivities} value={settings.sensitivity} onChange={(value) => value && set({ sensitivity: value as FeedSettings['sensitivity'] })} />
                  <Checkbox label="Write the location, too" mt={{ base: 0, sm: 30 }} checked={settings.showLocation} onChange={(event) => set({ showLocation: event.currentTarget.checked })} />
                </SimpleGrid>
                <Select label="Clients’ names and contacts" allowDeselect={false} value={settings.showClients === null || settings.showClients === undefined ? 'default' : String(settings.showClients)}
                  data={[{ value: 'default', label: 'Hidden on shared calendars' }, { value: 'true', label: 'Always shown' }, { value: 'false', label: 'Always hidden' }]}
                  onChange={(value) => set({ showClients: value === 'default' ? null : value === 'true' })} />
                <Textarea label="Text" description="{service}, {client}, {location}, {number} and {status} are filled in; empty means the usual text." autosize minRows={2} maxLength={4000} value={settings.bodyTemplate ?? ''} onChange={(event) => set({ bodyTemplate: event.currentTarget.value.trim() === '' ? null : event.currentTarget.value })} />
                <EventPreview feed={feed} change={changed(feed.settings, settings)} />
                <Radio.Group label="When somebody edits a [tt] event in Office 365" description="That is not advised; changes belong here." value={settings.outsideEdits} onChange={(value) => set({ outsideEdits: value as OutsideEdits })}>
                  <Stack gap="xs" mt="xs">
                    <Radio value="RESTORE" label="Put it back, and say so" />
                    <Radio value="APPLY" label="Move or cancel the appointment, if the rules allow" />
                    <Radio value="REPORT" label="Leave it, and report it" />
                  </Stack>
                </Radio.Group>
              </Stack>
            )}
          </Stack>
          <ProblemNotice error={save.error} />
          <Actions>
            <Button variant="default" type="button" onClick={close}>Cancel</Button>
            <Button type="submit" loading={save.isPending} disabled={!reading && !writing}>Save</Button>
          </Actions>
        </Stack>
      </form>
    </Window>
  );
}

/** Restricts what is written; nothing chosen means no restriction. */
function Only({ label, all, ids, list, choose }: { label: string; all: string; ids: readonly string[] | null | undefined; list: readonly { id: string; name: string }[] | undefined; choose: (ids: string[] | null) => void }) {
  return (
    <MultiSelect label={label} searchable placeholder={ids && ids.length > 0 ? undefined : all} value={[...(ids ?? [])]} onChange={(chosen) => choose(chosen.length === 0 ? null : chosen)}
      data={list?.map(({ id, name }) => ({ value: id, label: name })) ?? []} />
  );
}

/** The settings that differ; undefined when none does. */
export function changed(before: FeedSettings, after: FeedSettings): Partial<FeedSettings> | undefined {
  const differing = Object.entries(after).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof FeedSettings]));
  return differing.length === 0 ? undefined : (Object.fromEntries(differing) as Partial<FeedSettings>);
}
