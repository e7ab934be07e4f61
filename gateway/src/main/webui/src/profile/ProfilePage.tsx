import { Avatar, Box, Group, SimpleGrid, Tabs, Text } from '@mantine/core';
import { useNavigate, useParams } from 'react-router';
import { useMe, zoneOf } from '../app/identity';
import { CalendarSyncTab } from '../sync/CalendarSyncTab';
import { zoneName } from '../time/format';
import { CopyLink } from '../ui/CopyLink';
import { Empty, Fact, PageTitle } from '../ui/pieces';
import { planWords, roleWords } from '../ui/words';
import { OtherHours } from './OtherHours';
import { WorkingHours } from './WorkingHours';

/** My Profile: who I am here, my hours, and my calendar sync. */
export function ProfilePage() {
  const me = useMe();
  const { tab = 'details' } = useParams();
  const navigate = useNavigate();
  const staff = me.staffMember;
  const link = me.organisation ? `${window.location.origin}/book/${me.organisation.slug}` : '';
  return (
    <>
      <PageTitle subtitle={me.organisation?.name}>My Profile</PageTitle>
      <Tabs value={tab} onChange={(value) => { void navigate(value === 'details' ? '/profile' : `/profile/${value}`); }} keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="details">Profile</Tabs.Tab>
          {staff && <Tabs.Tab value="working-hours">Working hours</Tabs.Tab>}
          {me.organisation && <Tabs.Tab value="calendar-sync">Calendar Sync</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="details">
          <div className="tt-card" style={{ padding: 24 }}>
            <Group mb="lg"><Avatar size={52} radius="xl" color="tether" variant="light" name={me.name} aria-hidden /><div><Text fw={650} fz={18}>{me.name}</Text><Text size="sm" c="gray.6">{roleWords[me.role]}</Text></div></Group>
            <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} component="dl" m={0}>
              <Fact label="E-mail">{me.email ?? '–'}</Fact>
              <Fact label="Organisation">{me.organisation?.name ?? '–'}</Fact>
              <Fact label="Plan">{me.organisation ? planWords[me.organisation.plan] : '–'}</Fact>
              <Fact label="Time zone">{zoneName(zoneOf(me))}</Fact>
            </SimpleGrid>
            {link && <Box mt="xl"><CopyLink label="Public booking page" link={link} /></Box>}
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="working-hours">{staff && <><WorkingHours staffId={staff.id} zone={staff.timeZone} mayChange /><OtherHours staffId={staff.id} zone={staff.timeZone} mayChange /></>}</Tabs.Panel>
        <Tabs.Panel value="calendar-sync">
          {staff
            ? <CalendarSyncTab staffId={staff.id} own staffName={staff.name} returnTo="/profile/calendar-sync" />
            : <div className="tt-card"><Empty title="You have no calendar of your own here">Calendar sync belongs to staff members. Open one under Staff to connect their calendar.</Empty></div>}
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
