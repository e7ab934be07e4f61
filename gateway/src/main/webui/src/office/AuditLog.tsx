import { Button, Center, SegmentedControl, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { listCalendarAuditEntries } from '../api/calendarSync';
import { listAuditEntries, listClients, listLocations, listMachineClients, listPeople, listServices, listStaff } from '../api/scheduling';
import type { AuditEntry, CalendarAuditEntry, Page } from '../api/types';
import { dateTime, zoneName } from '../time/format';
import { Empty, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';

const things: Record<string, string> = { STAFF: 'Staff member', HOURS: 'Working hours', SERVICE: 'Service', CLIENT: 'Client', LOCATION: 'Location', TIME_OFF: 'Time off', MACHINE_CLIENT: 'Program', PERSON: 'Person', ORGANISATION: 'Organisation', PLAN: 'Plan' };

/** "STAFF_CHANGED" → "Staff member changed". */
export function actionWords(action: string): string {
  const at = action.lastIndexOf('_');
  const thing = things[action.slice(0, at)];
  const words = thing ? `${thing} ${action.slice(at + 1).toLowerCase()}` : action.replace(/_/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const calendarActions: Record<string, string> = {
  CONNECTION_BEGUN: 'Began to connect an Office 365 account',
  CONNECTION_AUTHORISED: 'Signed in at Microsoft and allowed the sync',
  CONNECTION_REFUSED_FOREIGN: 'Refused a sign-in that somebody else, or another browser, came back with',
  CONNECTION_LOST: 'Told the owner that Microsoft wants a new sign-in',
  CONNECTION_SHARED: 'Shared the account with a colleague',
  CONNECTION_SHARE_WITHDRAWN: 'Took back a colleague’s use of the account',
  CONNECTION_STOPPED: 'Disconnected the account',
  FEED_ADDED: 'Added a calendar to the sync',
  FEED_CHANGED: 'Changed how a calendar is synced',
  FEED_PAUSED: 'Paused the sync of a calendar',
  FEED_RESUMED: 'Resumed the sync of a calendar',
  FEED_STOPPED: 'Stopped the sync of a calendar',
};

/** What was done to a connection or a calendar, in words. */
export const calendarActionWords = (action: string): string => calendarActions[action] ?? actionWords(action);

const SYNC = 'calendar-sync';

/** Who did what, in two logs of the same form. They hold ids only; names are those of today, as far as there is still somebody to name. */
export function AuditLog({ zone }: { zone: string }) {
  const [query, setQuery] = useSearchParams();
  const which = query.get('of') === SYNC ? SYNC : 'setup';
  return (
    <>
      <SegmentedControl aria-label="Which log" mb="md" value={which} onChange={(value) => setQuery(value === SYNC ? { of: SYNC } : {})}
        data={[{ value: 'setup', label: 'Appointments and setup' }, { value: SYNC, label: 'Calendar sync' }]} />
      {which === SYNC ? <CalendarLog zone={zone} /> : <SetupLog zone={zone} />}
    </>
  );
}

/** What a log's table needs of an entry. */
interface Told { who: string; what: string; which: ReactNode }

type Log<Entry> = UseInfiniteQueryResult<InfiniteData<Page<Entry>>>;

function useLog<Entry>(name: string, list: (after?: string) => Promise<Page<Entry>>): Log<Entry> {
  return useInfiniteQuery({
    queryKey: [name],
    queryFn: ({ pageParam }) => list(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

function SetupLog({ zone }: { zone: string }) {
  const names = useNames();
  const tell = (entry: AuditEntry): Told => {
    const [kind = '', id = ''] = entry.actor.split(':');
    return {
      who: names.get(id) ?? (kind === 'operator' ? 'The operator' : kind === 'person' ? NOBODY : entry.actor),
      what: actionWords(entry.action),
      which: names.get(entry.entityId) ?? <Text span size="xs" c="gray.6" style={{ overflowWrap: 'anywhere' }}>{entry.entityId}</Text>,
    };
  };
  return <Entries log={useLog('audit-log', listAuditEntries)} tell={tell} zone={zone} which="Which" caption="Who did what">What happened to one appointment stands with the appointment.</Entries>;
}

function CalendarLog({ zone }: { zone: string }) {
  const names = useNames();
  const tell = ({ actorId, action, staffId }: CalendarAuditEntry): Told => ({
    who: actorId ? names.get(actorId) ?? NOBODY : 'Timetether itself',
    what: calendarActionWords(action),
    which: staffId ? names.get(staffId) ?? NOBODY : '–',
  });
  return <Entries log={useLog('calendar-audit-log', listCalendarAuditEntries)} tell={tell} zone={zone} which="Whose" caption="Who did what to whose calendar sync">What became of single events stands in “View feed”.</Entries>;
}

const NOBODY = 'Somebody who is no longer here';

function Entries<Entry extends { id: string | number; at: string }>({ log, tell, zone, which, caption, children }: {
  log: Log<Entry>; tell: (entry: Entry) => Told; zone: string; which: string; caption: string; children: ReactNode;
}) {
  const rows = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Text size="sm" c="gray.6" mb="md">Newest first; it cannot be changed. {children} Times in {zoneName(zone)}.</Text>
      <div className="tt-card">
        {log.isPending && <Waiting />}
        <ProblemNotice error={log.error} retry={() => { void log.refetch(); }} />
        {log.data && rows.length === 0 && <Empty title="Nothing yet" icon={<IconHistory size={24} />} />}
        {rows.length > 0 && (
          <table className="tt-table tt-stack">
            <caption className="tt-visually-hidden">{caption}</caption>
            <thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">{which}</th></tr></thead>
            <tbody>{rows.map((entry) => {
              const told = tell(entry);
              return (
                <tr key={entry.id}>
                  <td data-label="When" className="tt-numbers tt-nowrap">{dateTime(entry.at, zone)}</td>
                  <td data-label="Who">{told.who}</td>
                  <td data-label="What">{told.what}</td>
                  <td data-label={which}>{told.which}</td>
                </tr>
              );
            })}</tbody>
          </table>
        )}
      </div>
      {log.hasNextPage && <Center mt="md"><Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>Show more</Button></Center>}
    </>
  );
}

/** What the ids are called today; who was erased has no name any more. */
function useNames(): Map<string, string> {
  const people = useQuery({ queryKey: ['people'], queryFn: () => listPeople() });
  const staff = useQuery({ queryKey: ['staff'], queryFn: listStaff });
  const services = useQuery({ queryKey: ['services'], queryFn: listServices });
  const programs = useQuery({ queryKey: ['machine-clients'], queryFn: listMachineClients });
  const locations = useQuery({ queryKey: ['locations'], queryFn: listLocations });
  const clients = useQuery({ queryKey: ['clients', ''], queryFn: () => listClients() });
  const named: { id: string; name: string }[] = [people.data, staff.data, services.data, programs.data, locations.data, clients.data].flatMap((page): { id: string; name: string }[] => page?.items.slice() ?? []);
  return new Map(named.map(({ id, name }) => [id, name]));
}
