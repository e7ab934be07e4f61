import { Button, Group, List, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconArrowsExchange, IconCalendarCheck, IconLock } from '@tabler/icons-react';
import { signInAddress } from '../app/identity';
import { Brand, useDocumentTitle } from '../ui/pieces';
import classes from './SignInPage.module.css';

/** The way in. Signing in itself happens at the identity provider, never here. */
export function SignInPage({ returnTo }: { returnTo: string }) {
  useDocumentTitle('Sign in');
  const point = (icon: React.ReactNode) => <ThemeIcon variant="light" size={30} radius="md" aria-hidden>{icon}</ThemeIcon>;
  return (
    <main className={classes.page}>
      <section className={classes.card}>
        <Group gap="sm"><Brand size={36} /><Text fw={700} fz={20}>Timetether</Text></Group>
        <Stack gap={8}>
          <Title order={1} fz={28} lts="-0.02em">Your appointments and your Office 365 calendar, tied together</Title>
          <Text c="gray.6">Sign in to see your day.</Text>
        </Stack>
        <Button component="a" href={signInAddress(returnTo)} size="md" fullWidth>Sign in</Button>
        <List spacing="sm" size="sm" center className={classes.points}>
          <List.Item icon={point(<IconArrowsExchange size={17} />)}>What Outlook shows as Busy closes the slot here, within seconds.</List.Item>
          <List.Item icon={point(<IconCalendarCheck size={17} />)}>Every appointment appears in Outlook as [tt].</List.Item>
          <List.Item icon={point(<IconLock size={17} />)}>Colleagues see “Busy”, never your subjects, unless you share them.</List.Item>
        </List>
      </section>
    </main>
  );
}
