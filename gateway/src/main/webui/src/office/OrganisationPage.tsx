import { Badge, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { getOrganisation } from '../api/scheduling';
import { PageTitle, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { planWords } from '../ui/words';
import { AuditLog } from './AuditLog';
import { Locations } from './Locations';
import { OrganisationSettings } from './OrganisationSettings';
import { Programs } from './Programs';

/** For administrators: the organisation's settings, its places, the programs that may call in, and who did what. */
export function OrganisationPage() {
  const { tab = 'settings' } = useParams();
  const navigate = useNavigate();
  const organisation = useQuery({ queryKey: ['organisation'], queryFn: getOrganisation });
  if (organisation.isPending) return <Waiting />;
  if (!organisation.data) return <ProblemNotice error={organisation.error} retry={() => { void organisation.refetch(); }} />;
  const { timeZone, version, name, plan } = organisation.data;
  return (
    <>
      <PageTitle subtitle={name} aside={<Badge size="lg" variant="light">Plan {planWords[plan]}</Badge>}>Organisation</PageTitle>
      <Tabs value={tab} onChange={(value) => { void navigate(`/organisation${value === 'settings' ? '' : `/${value}`}`); }} keepMounted={false}>
        <Tabs.List mb="lg" className="tt-tabs">
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
          <Tabs.Tab value="locations">Locations</Tabs.Tab>
          <Tabs.Tab value="programs">Programs</Tabs.Tab>
          <Tabs.Tab value="audit-log">Audit log</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="settings"><OrganisationSettings key={version} organisation={organisation.data} /></Tabs.Panel>
        <Tabs.Panel value="locations"><Locations /></Tabs.Panel>
        <Tabs.Panel value="programs"><Programs zone={timeZone} /></Tabs.Panel>
        <Tabs.Panel value="audit-log"><AuditLog zone={timeZone} /></Tabs.Panel>
      </Tabs>
    </>
  );
}
