import { Text, Title } from '@mantine/core';
import { IconCalendarOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemError } from '../api/problem';
import { getPublicOrganisation } from '../api/publicBooking';
import { Brand, Empty, useDocumentTitle, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import classes from './BookingPage.module.css';

/** The frame of an organisation's public pages: its name, and what is inside once it is known that there is such a one. */
export function PublicPage({ slug, what, children }: { slug: string; what: string; children: (officeZone: string) => ReactNode }) {
  const organisation = useQuery({ queryKey: ['public', slug], queryFn: () => getPublicOrganisation(slug) });
  useDocumentTitle(organisation.data ? `${what} · ${organisation.data.name}` : what);
  return (
    <div className={classes.page}>
      <main className={classes.frame}>
        <header className={classes.header}>
          <Text size="sm" c="gray.7">{what}</Text>
          <Title order={1} fz={{ base: 24, sm: 30 }} lts="-0.02em">{organisation.data?.name ?? (organisation.isPending ? ' ' : 'Online booking')}</Title>
        </header>
        <div className={classes.card}>
          {organisation.isPending && <Waiting />}
          {organisation.error && (isMissing(organisation.error)
            ? <Empty title="Nothing can be booked at this address" icon={<IconCalendarOff size={24} />}>The link may have been cut off on its way to you. Please ask for it again.</Empty>
            : <ProblemNotice error={organisation.error} retry={() => { void organisation.refetch(); }} />)}
          {organisation.data && children(organisation.data.timeZone)}
        </div>
        <footer className={classes.footer}><Brand size={18} /> Booking by Timetether</footer>
      </main>
    </div>
  );
}

export const isMissing = (error: unknown) => error instanceof ProblemError && error.problem.status === 404;
