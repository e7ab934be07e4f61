import { Button, Group, List, SimpleGrid, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { eraseStaff, getStaff } from '../api/scheduling';
import { isAdmin, useMe } from '../app/identity';
import { EraseWindow } from '../office/EraseWindow';
import { StaffWindow } from '../office/StaffWindow';
import { CalendarSyncTab } from '../sync/CalendarSyncTab';
import { zoneName } from '../time/format';
import { Fact, PageTitle, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { OtherHours } from './OtherHours';
import { WorkingHours } from './WorkingHours';

/** A staff member's profile, as an administrator sees it. */
export function StaffProfilePage() {
  const { staffId = '', tab = 'details' } = useParams();
  const me = useMe();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'change' | 'erase' | null>(null);
  const staff = useQuery({ queryKey: ['staff', staffId], queryFn: () => getStaff(staffId) });
  if (staff.isPending) return <Waiting />;
  if (!staff.data) return <ProblemNotice error={staff.error} retry={() => { void staff.refetch(); }} />;
  const { name, email, timeZone, active } = staff.data;
  return (
    <>
      <PageTitle back={{ to: '/staff', label: 'Staff' }} subtitle={email ?? undefined} aside={isAdmin(me) && <Group gap="xs" wrap="nowrap"><Button variant="default" onClick={() => setOpen('change')}>Change</Button>{me.staffMember?.id !== staffId && <Button variant="light" color="red" onClick={() => setOpen('erase')}>Erase</Button>}</Group>}>{name}</PageTitle>
      <Tabs value={tab} onChange={(value) => { void navigate(`/staff/${staffId}${value === 'details' ? '' : `/${value}`}`); }} keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="details">Profile</Tabs.Tab>
          <Tabs.Tab value="working-hours">Working hours</Tabs.Tab>
          {isAdmin(me) && <Tabs.Tab value="calendar-sync">Calendar Sync</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="details">
          <div className="tt-card" style={{ padding: 24 }}>
            <SimpleGrid cols={{ base: 1, sm: 3 }} component="dl" m={0}>
              <Fact label="E-mail">{email ?? '–'}</Fact>
              <Fact label="Time zone">{zoneName(timeZone)}</Fact>
              <Fact label="Active">{active ? 'Yes' : 'No'}</Fact>
            </SimpleGrid>
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="working-hours"><WorkingHours staffId={staffId} zone={timeZone} mayChange={isAdmin(me)} /><OtherHours staffId={staffId} zone={timeZone} mayChange={isAdmin(me)} /></Tabs.Panel>
        <Tabs.Panel value="calendar-sync">
          <CalendarSyncTab staffId={staffId} own={me.staffMember?.id === staffId} staffName={name} returnTo={`/staff/${staffId}/calendar-sync`} />
        </Tabs.Panel>
      </Tabs>
      {open === 'change' && <StaffWindow member={staff.data} close={() => setOpen(null)} />}
      {open === 'erase' && (
        <EraseWindow name={name} keep="Keep the staff member" erase={() => eraseStaff(staff.data)} close={() => setOpen(null)} done={() => { void navigate('/staff'); }}>
          <List.Item>name, e-mail, sign-in, hours and time off</List.Item>
          <List.Item>connected calendars, and the [tt] events that were written to them</List.Item>
        </EraseWindow>
      )}
    </>
  );
}
