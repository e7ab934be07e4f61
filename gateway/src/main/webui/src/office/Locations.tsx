import { Badge, Button, Group, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeLocation, createLocation, listLocations } from '../api/scheduling';
import type { Location } from '../api/types';
import { zoneName } from '../time/format';
import { fieldError, FormWindow } from '../ui/FormWindow';
import { Empty, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { ZoneSelect } from '../ui/ZoneSelect';

/** Where appointments take place. */
export function Locations() {
  const [open, setOpen] = useState<Location | 'new' | null>(null);
  const locations = useQuery({ queryKey: ['locations'], queryFn: listLocations });
  const add = <Button onClick={() => setOpen('new')}>New location</Button>;
  return (
    <>
      <Group justify="space-between" mb="md" gap="sm">
        <Text size="sm" c="gray.6">A service, and working hours, can belong to a location.</Text>
        {add}
      </Group>
      <div className="tt-card">
        {locations.isPending && <Waiting />}
        <ProblemNotice error={locations.error} retry={() => { void locations.refetch(); }} />
        {locations.data?.items.length === 0 && <Empty title="No locations yet" icon={<IconMapPin size={24} />}>Without any, appointments simply take place at your practice.</Empty>}
        {locations.data && locations.data.items.length > 0 && (
          <table className="tt-table tt-stack">
            <thead><tr><th scope="col">Name</th><th scope="col">Address</th><th scope="col">Time zone</th><th scope="col">Actions</th></tr></thead>
            <tbody>{locations.data.items.map((location) => (
              <tr key={location.id}>
                <td data-label="Name"><Group gap="xs"><Text size="sm" fw={600}>{location.name}</Text>{!location.active && <Badge color="gray" variant="light">Inactive</Badge>}</Group></td>
                <td data-label="Address">{location.address ?? '–'}</td>
                <td data-label="Time zone">{location.timeZone ? zoneName(location.timeZone) : 'The organisation’s'}</td>
                <td data-label="Actions"><Button size="compact-sm" variant="default" aria-label={`Change ${location.name}`} onClick={() => setOpen(location)}>Change</Button></td>
              </tr>
            ))}</tbody>
          </table>
        )}
      </div>
      {open && <LocationWindow location={open === 'new' ? null : open} close={() => setOpen(null)} />}
    </>
  );
}

function LocationWindow({ location, close }: { location: Location | null; close: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState(location?.name ?? '');
  const [address, setAddress] = useState(location?.address ?? '');
  const [own, setOwn] = useState(Boolean(location?.timeZone));
  const [zone, setZone] = useState(location?.timeZone ?? '');
  const [active, setActive] = useState(location?.active ?? true);
  const timeZone = own && zone ? zone : null;
  const save = useMutation({
    mutationFn: () => location
      ? changeLocation(location, { name: name.trim(), address: address.trim(), timeZone: timeZone ?? '', active })
      : createLocation({ name: name.trim(), address: address.trim() || undefined, timeZone: timeZone ?? undefined }),
    onSuccess: async () => { close(); await queries.invalidateQueries({ queryKey: ['locations'] }); },
  });
  return (
    <FormWindow title={location ? `Change “${location.name}”` : 'New location'} close={close} error={save.error}
      submit={{ label: location ? 'Save' : 'Add the location', run: save.mutate, pending: save.isPending, disabled: name.trim() === '' || (own && !zone) }}>
      <TextInput label="Name" required maxLength={200} data-autofocus value={name} error={fieldError(save.error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
      <Textarea label="Address" description="Clients find it in their confirmation" autosize minRows={2} maxLength={500} value={address} error={fieldError(save.error, 'address')} onChange={(event) => setAddress(event.currentTarget.value)} />
      <Stack gap="xs">
        <Switch label="Has a time zone of its own" checked={own} onChange={(event) => setOwn(event.currentTarget.checked)} />
        {own && <ZoneSelect value={zone} onChange={setZone} />}
      </Stack>
      {location && <Switch label="Can be chosen" checked={active} onChange={(event) => setActive(event.currentTarget.checked)} />}
    </FormWindow>
  );
}
