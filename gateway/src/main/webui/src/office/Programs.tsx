import { Alert, Badge, Button, Checkbox, Code, CopyButton, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconCopy, IconKey } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { issueMachineClient, listMachineClients, revokeMachineClient } from '../api/scheduling';
import type { IssuedMachineClient, MachineClient, Scope } from '../api/types';
import { dateTime, zoneName } from '../time/format';
import { ConfirmWindow } from '../ui/ConfirmWindow';
import { fieldError, FormWindow } from '../ui/FormWindow';
import { Empty, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { Actions, Window } from '../ui/Window';

const scopeWords: Record<Scope, string> = {
  'appointments:read': 'Read appointments and free times',
  'appointments:write': 'Book, move and cancel appointments',
  'clients:read': 'Read clients',
  'clients:write': 'Add and change clients',
  'organisation:read': 'Read staff, services and locations',
  'organisation:write': 'Change staff, services and locations',
  'time-off:read': 'Read time off',
  'time-off:write': 'Enter and change time off',
  'calendar-sync:read': 'See calendar sync',
  'calendar-sync:manage': 'Manage calendar sync',
};
const scopes = Object.keys(scopeWords) as Scope[];
const key = ['machine-clients'];

/** Credentials of integrators' programs: each has its own, may do only what was ticked, and can be revoked. */
export function Programs({ zone }: { zone: string }) {
  const [issuing, setIssuing] = useState(false);
  const [issued, setIssued] = useState<IssuedMachineClient | null>(null);
  const [revoking, setRevoking] = useState<MachineClient | null>(null);
  const programs = useQuery({ queryKey: key, queryFn: listMachineClients });
  return (
    <>
      <Group justify="space-between" mb="md" gap="sm">
        <Text size="sm" c="gray.6">A program signs in with a client id and a secret of its own. How: <a href="/docs">API description</a>.</Text>
        <Button onClick={() => setIssuing(true)}>New program</Button>
      </Group>
      <div className="tt-card">
        {programs.isPending && <Waiting />}
        <ProblemNotice error={programs.error} retry={() => { void programs.refetch(); }} />
        {programs.data?.items.length === 0 && <Empty title="No programs yet" icon={<IconKey size={24} />}>Give one a credential, and it can book, or read what is booked, over the API.</Empty>}
        {programs.data && programs.data.items.length > 0 && (
          <table className="tt-table tt-stack">
            <thead><tr><th scope="col">Name</th><th scope="col">May</th><th scope="col">Issued</th><th scope="col">Last used</th><th scope="col">Actions</th></tr></thead>
            <tbody>{programs.data.items.map((program) => (
              <tr key={program.id}>
                <td data-label="Name"><div><Text size="sm" fw={600}>{program.name}</Text><Text size="xs" c="gray.6" style={{ overflowWrap: 'anywhere' }}>{program.id}</Text></div></td>
                <td data-label="May"><Text size="sm">{program.scopes.map((scope) => scopeWords[scope]).join(' · ')}</Text></td>
                <td data-label="Issued" className="tt-numbers">{dateTime(program.createdAt, zone)}</td>
                <td data-label="Last used" className="tt-numbers">{program.lastUsedAt ? dateTime(program.lastUsedAt, zone) : 'Never'}</td>
                <td data-label="Actions" className="tt-nowrap">
                  {program.revokedAt
                    ? <Badge color="gray" variant="light" title={dateTime(program.revokedAt, zone)}>Revoked</Badge>
                    : <Button size="compact-sm" color="red" variant="light" aria-label={`Revoke ${program.name}`} onClick={() => setRevoking(program)}>Revoke</Button>}
                </td>
              </tr>
            ))}</tbody>
          </table>
        )}
      </div>
      {programs.data && programs.data.items.length > 0 && <Text size="xs" c="gray.6" mt="sm">Times in {zoneName(zone)}.</Text>}
      {issuing && <IssueWindow close={() => setIssuing(false)} issued={(credential) => { setIssuing(false); setIssued(credential); }} />}
      {issued && <IssuedWindow credential={issued} close={() => setIssued(null)} />}
      {revoking && <RevokeWindow program={revoking} close={() => setRevoking(null)} />}
    </>
  );
}

function IssueWindow({ close, issued }: { close: () => void; issued: (credential: IssuedMachineClient) => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<Scope[]>([]);
  const issue = useMutation({
    mutationFn: () => issueMachineClient(name.trim(), chosen),
    onSuccess: async (credential) => { issued(credential); await queries.invalidateQueries({ queryKey: key }); },
  });
  return (
    <FormWindow title="New program" close={close} size={620} error={issue.error}
      submit={{ label: 'Issue the credential', run: issue.mutate, pending: issue.isPending, disabled: name.trim() === '' || chosen.length === 0 }}>
      <TextInput label="Name" description="How you will recognise it in this list" required maxLength={200} data-autofocus value={name} error={fieldError(issue.error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
      <Checkbox.Group label="What it may do" value={chosen} onChange={(value) => setChosen(value as Scope[])} error={fieldError(issue.error, 'scopes')}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" mt="xs">
          {scopes.map((scope) => <Checkbox key={scope} value={scope} label={scopeWords[scope]} description={scope} />)}
        </SimpleGrid>
      </Checkbox.Group>
    </FormWindow>
  );
}

/** The secret is shown once, because only its hash is kept. */
function IssuedWindow({ credential, close }: { credential: IssuedMachineClient; close: () => void }) {
  return (
    <Window title={`Credential of “${credential.name}”`} close={close} size={560}>
      <Stack>
        <Alert color="orange" icon={<IconKey size={20} aria-hidden />} title="The secret is shown only now">
          <Text size="sm">Put both into the program’s configuration before you close this window. If the secret is lost, revoke the credential and issue another.</Text>
        </Alert>
        <Secret label="Client id" value={credential.id} />
        <Secret label="Client secret" value={credential.clientSecret} />
        <Text size="sm" c="gray.6">The program asks for a token at {window.location.origin}/api/v1/oauth/token (client credentials).</Text>
        <Actions><Button onClick={close}>I have put it in place</Button></Actions>
      </Stack>
    </Window>
  );
}

function Secret({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>{label}</Text>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Code block flex={1} miw={0} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{value}</Code>
        <CopyButton value={value} timeout={3000}>
          {({ copied, copy }) => (
            <Button size="sm" variant="default" flex="none" onClick={copy} aria-label={`Copy the ${label.toLowerCase()}`} leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}>
              <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
            </Button>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}

function RevokeWindow({ program, close }: { program: MachineClient; close: () => void }) {
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeMachineClient(program.id),
    onSuccess: async () => {
      notifications.show({ color: 'tether', message: `“${program.name}” gets no token any more.` });
      await queries.invalidateQueries({ queryKey: key });
      close();
    },
  });
  return (
    <ConfirmWindow title={`Revoke “${program.name}”?`} keep="Keep it" confirm={{ label: 'Revoke', run: revoke.mutate, pending: revoke.isPending }} error={revoke.error} close={close}>
      <Text size="sm">The program gets no new token from now on; one that it has ends within ten minutes. This cannot be taken back: it would need a new credential.</Text>
    </ConfirmWindow>
  );
}
