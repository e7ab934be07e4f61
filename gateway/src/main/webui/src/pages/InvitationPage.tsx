import { Button, Container, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { acceptInvitation, getSession } from '../api/scheduling';
import { signInAddress } from '../app/identity';
import { Brand, useDocumentTitle, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';

/** Where an invitation's link leads: binds the sign-in of whoever opens it to the person who was invited. */
export function InvitationPage() {
  useDocumentTitle('Invitation');
  const { token: inPath } = useParams();
  const [query] = useSearchParams();
  const token = inPath ?? query.get('token') ?? '';
  const navigate = useNavigate();
  const queries = useQueryClient();
  const session = useQuery({ queryKey: ['session'], queryFn: getSession });
  const accept = useMutation({
    mutationFn: () => acceptInvitation(token),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['me'] });
      await navigate('/');
    },
  });
  return (
    <Container size={460} pt={100}>
      <Paper withBorder p="xl">
        <Stack gap="md">
          <Brand size={36} />
          <Title order={1} fz={22}>You have been invited to Timetether</Title>
          {session.isPending ? <Waiting /> : session.data?.signedIn ? (
            <>
              <Text size="sm">You are signed in{session.data.name ? ` as ${session.data.name}` : ''}. Accept the invitation with this sign-in? It can belong to one organisation only.</Text>
              <ProblemNotice error={accept.error} />
              <Button loading={accept.isPending} disabled={token === ''} onClick={() => accept.mutate()}>Accept the invitation</Button>
            </>
          ) : (
            <>
              <Text size="sm">Sign in first; you will come back to this page.</Text>
              <Button component="a" href={signInAddress(`/invitation?token=${encodeURIComponent(token)}`)}>Sign in</Button>
            </>
          )}
        </Stack>
      </Paper>
    </Container>
  );
}
