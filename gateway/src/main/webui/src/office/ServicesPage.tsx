import { Badge, Button, Group, NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createService, listServices } from '../api/scheduling';
import { duration } from '../time/format';
import { Empty, PageTitle, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { Actions, Window } from '../ui/Window';

export function ServicesPage() {
  const [adding, setAdding] = useState(false);
  const services = useQuery({ queryKey: ['services'], queryFn: listServices });
  return (
    <>
      <PageTitle aside={<Button onClick={() => setAdding(true)}>New service</Button>} subtitle="What clients can book">Services</PageTitle>
      <div className="tt-card">
        {services.isPending && <Waiting />}
        <ProblemNotice error={services.error} retry={() => { void services.refetch(); }} />
        {services.data?.items.length === 0 && <Empty title="No services yet" icon={<IconListDetails size={24} />} action={<Button variant="light" onClick={() => setAdding(true)}>Add the first one</Button>}>A service says what is booked and how long it takes.</Empty>}
        {services.data && services.data.items.length > 0 && (
          <table className="tt-table tt-stack">
            <thead><tr><th scope="col">Name</th><th scope="col">Duration</th><th scope="col">Buffers</th><th scope="col">Confirmation</th></tr></thead>
            <tbody>{services.data.items.map((service) => (
              <tr key={service.id}>
                <td data-label="Name"><Text size="sm" fw={600}>{service.name}</Text></td>
                <td data-label="Duration">{duration(service.durationMinutes)}</td>
                <td data-label="Buffers">{service.bufferBeforeMinutes || service.bufferAfterMinutes ? `${service.bufferBeforeMinutes ?? 0} min before, ${service.bufferAfterMinutes ?? 0} min after` : 'None'}</td>
                <td data-label="Confirmation">{service.needsConfirmation ? <Badge color="orange" variant="light">Needs confirmation</Badge> : 'Booked at once'}</td>
              </tr>
            ))}</tbody>
          </table>
        )}
      </div>
      {adding && <NewService close={() => setAdding(false)} />}
    </>
  );
}

function NewService({ close }: { close: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [minutes, setMinutes] = useState<number | string>(30);
  const [before, setBefore] = useState<number | string>(0);
  const [after, setAfter] = useState<number | string>(0);
  const [needsConfirmation, setNeedsConfirmation] = useState(false);
  const create = useMutation({
    mutationFn: () => createService({ name: name.trim(), durationMinutes: Number(minutes), bufferBeforeMinutes: Number(before) || 0, bufferAfterMinutes: Number(after) || 0, needsConfirmation }),
    onSuccess: async () => { close(); await queries.invalidateQueries({ queryKey: ['services'] }); },
  });
  return (
    <Window title="New service" close={close}>
      <form onSubmit={(event) => { event.preventDefault(); create.mutate(); }}>
        <Stack>
          <TextInput label="Name" required maxLength={200} data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <NumberInput label="Duration in minutes" required min={1} max={1440} value={minutes} onChange={setMinutes} />
          <Group grow>
            <NumberInput label="Free before (minutes)" min={0} max={480} value={before} onChange={setBefore} />
            <NumberInput label="Free after (minutes)" min={0} max={480} value={after} onChange={setAfter} />
          </Group>
          <Switch label="Bookings by clients need a confirmation" checked={needsConfirmation} onChange={(event) => setNeedsConfirmation(event.currentTarget.checked)} />
          <ProblemNotice error={create.error} />
          <Actions><Button variant="default" type="button" onClick={close}>Cancel</Button><Button type="submit" loading={create.isPending} disabled={name.trim() === '' || !Number(minutes)}>Add the service</Button></Actions>
        </Stack>
      </form>
    </Window>
  );
}
