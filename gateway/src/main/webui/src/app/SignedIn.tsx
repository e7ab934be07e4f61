import { Button, Center, Container, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'react-router';
import { ProblemError } from '../api/problem';
import { getMe, getSession } from '../api/scheduling';
import { SignInPage } from '../pages/SignInPage';
import { Brand, useDocumentTitle, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { MeProvider } from './identity';
import { Shell } from './Shell';
import { signOut } from './signOut';

/** Everything behind the sign-in: asks who it is, and shows the app, the way in, or why there is none. */
export function SignedIn() {
  const location = useLocation();
  const session = useQuery({ queryKey: ['session'], queryFn: getSession });
  const signedIn = session.data?.signedIn === true;
  const me = useQuery({ queryKey: ['me'], queryFn: getMe, enabled: signedIn, staleTime: 60_000 });

  if (session.isPending || (signedIn && me.isPending)) return <Center mih="100vh"><Waiting /></Center>;
  if (session.error) return <Lonely><ProblemNotice error={session.error} retry={() => session.refetch()} /></Lonely>;
  const slug = me.error instanceof ProblemError ? me.error.slug : '';
  if (!signedIn || slug === 'sign-in-required') return <SignInPage returnTo={location.pathname + location.search} />;
  if (slug === 'not-invited') return <NotInvited name={session.data?.name ?? null} />;
  if (!me.data) return <Lonely><ProblemNotice error={me.error} retry={() => me.refetch()} /></Lonely>;
  return <MeProvider value={me.data}><Shell /></MeProvider>;
}

function Lonely({ children }: { children: React.ReactNode }) {
  return <Container size="xs" pt={120}>{children}</Container>;
}

function NotInvited({ name }: { name: string | null }) {
  useDocumentTitle('Not invited yet');
  return (
    <Lonely>
      <Paper withBorder p="xl">
        <Stack gap="sm">
          <Brand size={36} />
          <Title order={1} fz={22}>You are not part of a practice yet</Title>
          <Text size="sm">
            {name ? `You are signed in as ${name}, but` : 'You are signed in, but'} nobody has invited this sign-in. Ask the administrator of your
            organisation for an invitation and open the link in it, or sign in as somebody else.
          </Text>
          <Button variant="default" onClick={signOut} w="fit-content">Sign out</Button>
        </Stack>
      </Paper>
    </Lonely>
  );
}
