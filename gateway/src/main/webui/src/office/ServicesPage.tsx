import { Badge, Button, Group, Text } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listServices, listStaff } from '../api/scheduling';
import type { Service } from '../api/types';
import { duration } from '../time/format';
import { Empty, PageTitle, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { ServiceWindow } from './ServiceWindow';

export function ServicesPage() {
  const [open, setOpen] = useState<Service | 'new' | null>(null);
  const services = useQuery({ queryKey: ['services'], queryFn: listServices });
  const staff = useQuery({ queryKey: ['staff'], queryFn: listStaff });
  const givenBy = (service: Service) => (service.offeredByAll ? 'Everybody' : service.staffIds.map((id) => staff.data?.items.find((member) => member.id === id)?.name).filter(Boolean).join(', ') || 'Nobody');
  return (
    <>
      <PageTitle aside={<Button onClick={() => setOpen('new')}>New service</Button>} subtitle="What clients can book">Services</PageTitle>
      <div className="tt-card">
        {services.isPending && <Waiting />}
        <ProblemNotice error={services.error} retry={() => { void services.refetch(); }} />
        {services.data?.items.length === 0 && <Empty title="No services yet" icon={<IconListDetails size={24} />} action={<Button variant="light" onClick={() => setOpen('new')}>Add the first one</Button>}>A service says what is booked and how long it takes.</Empty>}
        {services.data && services.data.items.length > 0 && (
          <table className="tt-table tt-stack">
            <thead><tr><th scope="col">Name</th><th scope="col">Duration</th><th scope="col">Buffers</th><th scope="col">Given by</th><th scope="col">Booked until</th><th scope="col">Actions</th></tr></thead>
            <tbody>{services.data.items.map((service) => (
              <tr key={service.id}>
                <td data-label="Name">
                  <Group gap="xs">
                    <Text size="sm" fw={600}>{service.name}</Text>
                    {!service.active && <Badge color="gray" variant="light">Inactive</Badge>}
                    {service.needsConfirmation && <Badge color="orange" variant="light">Needs confirmation</Badge>}
                  </Group>
                </td>
                <td data-label="Duration" className="tt-nowrap">{duration(service.durationMinutes)}</td>
                <td data-label="Buffers">{buffers(service)}</td>
                <td data-label="Given by">{givenBy(service)}</td>
                <td data-label="Booked until">{service.minimumNoticeMinutes > 0 ? `${duration(service.minimumNoticeMinutes)} before` : 'It starts'}</td>
                <td data-label="Actions"><Button size="compact-sm" variant="default" aria-label={`Change ${service.name}`} onClick={() => setOpen(service)}>Change</Button></td>
              </tr>
            ))}</tbody>
          </table>
        )}
      </div>
      {open && <ServiceWindow service={open === 'new' ? null : open} close={() => setOpen(null)} />}
    </>
  );
}

function buffers({ bufferBeforeMinutes: before, bufferAfterMinutes: after }: Service): string {
  return [before ? `${before} min before` : '', after ? `${after} min after` : ''].filter(Boolean).join(', ') || 'None';
}
