import { Anchor, Badge, Button, Group } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { listStaff } from '../api/scheduling';
import { isAdmin, useMe } from '../app/identity';
import { zoneName } from '../time/format';
import { Empty, PageTitle, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { StaffWindow } from './StaffWindow';

export function StaffPage() {
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const staff = useQuery({ queryKey: ['staff'], queryFn: listStaff });
  return (
    <>
      <PageTitle aside={isAdmin(me) && <Button onClick={() => setAdding(true)}>New staff member</Button>} subtitle="Open somebody to see their hours and their calendar sync">Staff</PageTitle>
      <div className="tt-card">
        {staff.isPending && <Waiting />}
        <ProblemNotice error={staff.error} retry={() => { void staff.refetch(); }} />
        {staff.data?.items.length === 0 && <Empty title="No staff yet" icon={<IconUsersGroup size={24} />}>Staff members are the people who are booked.</Empty>}
        {staff.data && staff.data.items.length > 0 && (
          <table className="tt-table tt-stack">
            <thead><tr><th scope="col">Name</th><th scope="col">E-mail</th><th scope="col">Time zone</th><th scope="col">Actions</th></tr></thead>
            <tbody>{staff.data.items.map((member) => (
              <tr key={member.id} className="tt-link-row">
                <td data-label="Name"><Group gap="xs"><Anchor component={Link} to={`/staff/${member.id}`} size="sm" fw={600}>{member.name}</Anchor>{!member.active && <Badge color="gray" variant="light">Inactive</Badge>}</Group></td>
                <td data-label="E-mail">{member.email ?? '–'}</td>
                <td data-label="Time zone">{zoneName(member.timeZone)}</td>
                <td data-label="Actions"><Group gap="md"><Anchor component={Link} size="sm" to={`/appointments?staff=${member.id}`} aria-label={`Calendar of ${member.name}`}>Calendar</Anchor>{isAdmin(me) && <Anchor component={Link} size="sm" to={`/staff/${member.id}/calendar-sync`} aria-label={`Calendar Sync of ${member.name}`}>Calendar Sync</Anchor>}</Group></td>
              </tr>
            ))}</tbody>
          </table>
        )}
      </div>
      {adding && <StaffWindow member={null} close={() => setAdding(false)} />}
    </>
  );
}
