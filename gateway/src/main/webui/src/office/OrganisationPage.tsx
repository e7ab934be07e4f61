import { Badge, Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeOrganisation, getOrganisation } from '../api/scheduling';
import type { Organisation } from '../api/types';
import { CopyLink } from '../ui/CopyLink';
import { PageTitle, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { planWords } from '../ui/words';
import { ZoneSelect } from '../ui/ZoneSelect';

export function OrganisationPage() {
  const organisation = useQuery({ queryKey: ['organisation'], queryFn: getOrganisation });
  if (organisation.isPending) return <Waiting />;
  if (!organisation.data) return <ProblemNotice error={organisation.error} retry={() => { void organisation.refetch(); }} />;
  return <Settings key={organisation.data.version} organisation={organisation.data} />;
}

function Settings({ organisation }: { organisation: Organisation }) {
  const queries = useQueryClient();
  const [name, setName] = useState(organisation.name);
  const [timeZone, setTimeZone] = useState(organisation.timeZone);
  const [prefix, setPrefix] = useState(organisation.outboundPrefix ?? '[tt]');
  const [stalePolicy, setStalePolicy] = useState(organisation.stalePolicy ?? 'KEEP_LAST_KNOWN');
  const save = useMutation({
    mutationFn: () => changeOrganisation(organisation.version, { name: name.trim(), timeZone, outboundPrefix: prefix.trim(), stalePolicy: stalePolicy as NonNullable<Organisation['stalePolicy']> }),
    onSuccess: async () => {
      notifications.show({ color: 'tether', message: 'The settings are saved.' });
      await Promise.all([queries.invalidateQueries({ queryKey: ['organisation'] }), queries.invalidateQueries({ queryKey: ['me'] })]);
    },
  });
  return (
    <>
      <PageTitle aside={<Badge size="lg" variant="light">Plan {planWords[organisation.plan]}</Badge>}>Organisation</PageTitle>
      <div className="tt-card" style={{ padding: 24 }}>
        <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
          <Stack maw={560} gap="lg">
            <CopyLink label="Public booking page" link={`${window.location.origin}/book/${organisation.slug}`} />
            <TextInput label="Name" required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <ZoneSelect description="Staff members can have their own" value={timeZone} onChange={setTimeZone} />
            <TextInput label="Prefix in Office 365" required maxLength={20} description="Stands before the name of every appointment that is written to a calendar" value={prefix} onChange={(event) => setPrefix(event.currentTarget.value)} />
            <Radio.Group label="When an Office 365 calendar has not been confirmed for 15 minutes" value={stalePolicy} onChange={setStalePolicy}>
              <Stack gap="xs" mt="xs">
                <Radio value="KEEP_LAST_KNOWN" label="Keep the last known busy time" description="Clients can go on booking what was free when it was last seen" />
                <Radio value="CLOSE_BOOKING" label="Close booking" description="Clients cannot book until the calendar is confirmed again" />
              </Stack>
            </Radio.Group>
            <ProblemNotice error={save.error} retry={save.error ? () => { save.reset(); void queries.invalidateQueries({ queryKey: ['organisation'] }); } : undefined} />
            <Group><Button type="submit" loading={save.isPending}>Save</Button></Group>
          </Stack>
        </form>
      </div>
    </>
  );
}
