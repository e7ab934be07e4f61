import { AppShell, Avatar, Box, Burger, Drawer, Group, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconCalendarEvent, IconChevronDown, IconLogout, IconRefresh, IconUser } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import { Brand } from '../ui/pieces';
import { isAdmin, useMe } from './identity';
import { SearchBox } from './SearchBox';
import { signOut } from './signOut';
import { SyncBanners } from './SyncBanners';

/** The frame around every page of the app: where one can go, the search box, and one's own name at the top right. */
export function Shell() {
  const me = useMe();
  const location = useLocation();
  const [opened, { open, close }] = useDisclosure(false);
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  useEffect(close, [location.pathname, close]);

  const links = !me.organisation
    ? [['/organisations', 'Organisations']] as const
    : [
        ['/appointments', 'Appointments'],
        ['/clients', 'Clients'],
        ...(isAdmin(me) ? [['/services', 'Services'], ['/staff', 'Staff'], ['/people', 'People'], ['/organisation', 'Organisation']] as const : []),
      ] as const;
  const navigation = links.map(([to, label]) => <NavLink key={to} to={to}>{label}</NavLink>);

  return (
    <AppShell header={{ height: 60 }} padding={0}>
      <a className="tt-skip" href="#content">Skip to the content</a>
      <AppShell.Header withBorder>
        <div className="tt-header">
          {!wide && <Burger opened={opened} onClick={open} size="sm" aria-label="Open the menu" />}
          <Link to="/" className="tt-brand" aria-label="Timetether, home"><Brand />{wide && <span>Timetether</span>}</Link>
          {wide && <nav className="tt-nav" aria-label="Main">{navigation}</nav>}
          <Box flex={1} />
          {me.organisation && <SearchBox />}
          <UserMenu compact={!wide} />
        </div>
      </AppShell.Header>
      <Drawer opened={opened && !wide} onClose={close} size={280} title={<Group gap="sm"><Brand /><Text fw={700}>Timetether</Text></Group>}>
        <nav className="tt-nav-drawer" aria-label="Main">{navigation}</nav>
      </Drawer>
      <AppShell.Main id="content" tabIndex={-1}>
        <div className="tt-page">
          {me.staffMember && <SyncBanners staffId={me.staffMember.id} />}
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}

function UserMenu({ compact }: { compact: boolean }) {
  const me = useMe();
  const initials = me.name.split(/\s+/).filter((word) => /^\p{L}/u.test(word) && !word.endsWith('.')).map((word) => word[0]).filter((_, i, all) => i === 0 || i === all.length - 1).join('').toUpperCase();
  return (
    <Menu position="bottom-end" width={240} shadow="md" withinPortal>
      <Menu.Target>
        <UnstyledButton className="tt-user">
          <Avatar size={32} radius="xl" color="tether" variant="filled" aria-hidden>{initials}</Avatar>
          {compact ? <VisuallyHidden>{me.name}</VisuallyHidden> : <span>{me.name}</span>}
          {!compact && <IconChevronDown size={15} aria-hidden />}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="gray.9">{me.name}</Text>
          <Text size="xs" c="gray.6">{me.organisation?.name ?? 'Operator of this installation'}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} to="/profile" leftSection={<IconUser size={17} aria-hidden />}>My Profile</Menu.Item>
        {me.staffMember && <Menu.Item component={Link} to="/profile/calendar-sync" leftSection={<IconRefresh size={17} aria-hidden />}>Calendar Sync</Menu.Item>}
        {me.staffMember && <Menu.Item component={Link} to="/appointments" leftSection={<IconCalendarEvent size={17} aria-hidden />}>My appointments</Menu.Item>}
        <Menu.Divider />
        <Menu.Item onClick={signOut} leftSection={<IconLogout size={17} aria-hidden />}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
