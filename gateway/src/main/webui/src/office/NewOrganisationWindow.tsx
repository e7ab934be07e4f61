import { Button, Divider, Select, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createOrganisation, invite } from '../api/scheduling';
import type { Organisation, Plan } from '../api/types';
import { browserZone } from '../time/zones';
import { fieldError } from '../ui/FormWindow';
import { ProblemNotice } from '../ui/ProblemNotice';
import { Actions, Window } from '../ui/Window';
import { planWords } from '../ui/words';
import { ZoneSelect } from '../ui/ZoneSelect';
import { InvitationLink } from './InvitationLink';

/** For the operator: an organisation, and the administrator with whom it begins. */
export function NewOrganisationWindow({ close }: { close: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [slug, setSlug] = useState<string | null>(null);
  const [timeZone, setTimeZone] = useState(browserZone());
  const [plan, setPlan] = useState<Plan>('STARTER');
  const [adminName, setAdminName] = useState('');
  const [adminEmail, setAdminEmail] = useState('');
  // Kept when only the invitation was refused: the second attempt must not create a second organisation.
  const [created, setCreated] = useState<Organisation | null>(null);
  const address = slug ?? slugOf(name);
  const create = useMutation({
    mutationFn: async () => {
      const organisation = created ?? await createOrganisation({ name: name.trim(), slug: address, timeZone, plan });
      setCreated(organisation);
      await queries.invalidateQueries({ queryKey: ['organisations'] });
      return invite({ name: adminName.trim(), email: adminEmail.trim(), role: 'ADMIN', organisationId: organisation.id });
    },
  });
  const complete = name.trim() !== '' && address.length >= 2 && adminName.trim() !== '' && adminEmail.trim() !== '';
  return (
    <Window title="New organisation" close={close} size={620}>
      {create.data ? (
        <Stack>
          <InvitationLink person={create.data} />
          <Actions><Button onClick={close}>Done</Button></Actions>
        </Stack>
      ) : (
        <form onSubmit={(event) => { event.preventDefault(); create.mutate(); }}>
          <Stack>
            <fieldset className="tt-plain" disabled={created !== null}>
              <Stack>
                <TextInput label="Name" required maxLength={200} data-autofocus value={name} error={fieldError(create.error, 'name')} onChange={(event) => setName(event.currentTarget.value)} />
                <TextInput label="Address of its booking page" required maxLength={60} leftSection="/book/" leftSectionWidth={64} description="Small letters, digits and single hyphens; it cannot be changed later"
                  value={address} error={fieldError(create.error, 'slug')} onChange={(event) => setSlug(event.currentTarget.value)} />
                <SimpleGrid cols={{ base: 1, sm: 2 }}>
                  <ZoneSelect value={timeZone} onChange={setTimeZone} />
                  <Select label="Plan" allowDeselect={false} data={Object.entries(planWords).map(([value, label]) => ({ value, label }))} value={plan} onChange={(value) => { if (value) setPlan(value as Plan); }} />
                </SimpleGrid>
              </Stack>
            </fieldset>
            <Divider />
            <Title order={3} fz={15}>Its first administrator</Title>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput label="Administrator’s name" required maxLength={200} value={adminName} onChange={(event) => setAdminName(event.currentTarget.value)} />
              <TextInput label="Administrator’s e-mail" required type="email" maxLength={254} value={adminEmail} error={fieldError(create.error, 'email')} onChange={(event) => setAdminEmail(event.currentTarget.value)} />
            </SimpleGrid>
            <ProblemNotice error={create.error} />
            <Actions>
              <Button variant="default" type="button" onClick={close}>Cancel</Button>
              <Button type="submit" loading={create.isPending} disabled={!complete}>{created ? 'Invite the administrator' : 'Create the organisation'}</Button>
            </Actions>
          </Stack>
        </form>
      )}
    </Window>
  );
}

/** "Praxis Müller & Söhne" → "praxis-muller-sohne". */
export function slugOf(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60);
}
