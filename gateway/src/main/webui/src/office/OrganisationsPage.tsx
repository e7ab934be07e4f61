import { Button, Select, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBuilding } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../api/problem';
import { changePlan, listOrganisations } from '../api/scheduling';
import type { Organisation, Plan } from '../api/types';
import { zoneName } from '../time/format';
import { Empty, PageTitle, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { planWords } from '../ui/words';
import { NewOrganisationWindow } from './NewOrganisationWindow';

/** For the operator of the installation: the organisations and their plans. */
export function OrganisationsPage() {
  const [creating, setCreating] = useState(false);
  const organisations = useQuery({ queryKey: ['organisations'], queryFn: listOrganisations });
  return (
    <>
      <PageTitle aside={<Button onClick={() => setCreating(true)}>New organisation</Button>} subtitle="Calendar sync is part of Professional and Business. A downgrade parks the connections; nothing is deleted.">Organisations</PageTitle>
      <div className="tt-card">
        {organisations.isPending && <Waiting />}
        <ProblemNotice error={organisations.error} retry={() => { void organisations.refetch(); }} />
        {organisations.data?.items.length === 0 && <Empty title="No organisations yet" icon={<IconBuilding size={24} />} />}
        {organisations.data && organisations.data.items.length > 0 && (
          <table className="tt-table tt-stack">
            <thead><tr><th scope="col">Name</th><th scope="col">Booking page</th><th scope="col">Time zone</th><th scope="col">Plan</th></tr></thead>
            <tbody>{organisations.data.items.map((organisation) => <Row key={organisation.id} organisation={organisation} />)}</tbody>
          </table>
        )}
      </div>
      {creating && <NewOrganisationWindow close={() => setCreating(false)} />}
    </>
  );
}

function Row({ organisation }: { organisation: Organisation }) {
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (plan: Plan) => changePlan(organisation.id, plan),
    onSuccess: async (_, plan) => {
      notifications.show({ color: 'tether', message: `${organisation.name} is on the plan ${planWords[plan]} now.` });
      await queries.invalidateQueries({ queryKey: ['organisations'] });
    },
    onError: (error) => notifications.show({ color: 'red', title: asProblem(error).title, message: asProblem(error).detail ?? '' }),
  });
  return (
    <tr>
      <td data-label="Name"><Text size="sm" fw={600}>{organisation.name}</Text></td>
      <td data-label="Booking page"><a href={`/book/${organisation.slug}`}>/book/{organisation.slug}</a></td>
      <td data-label="Time zone">{zoneName(organisation.timeZone)}</td>
      <td data-label="Plan"><Select aria-label={`Plan of ${organisation.name}`} w={170} allowDeselect={false} disabled={change.isPending} value={organisation.plan} data={Object.entries(planWords).map(([value, label]) => ({ value, label }))} onChange={(value) => { if (value && value !== organisation.plan) change.mutate(value as Plan); }} /></td>
    </tr>
  );
}
