import { Drawer, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getEntry } from '../api/scheduling';
import { ProblemError } from '../api/problem';
import { useMe } from '../app/identity';
import { Empty, Waiting } from '../ui/pieces';
import { ProblemNotice } from '../ui/ProblemNotice';
import { AppointmentDetail } from './AppointmentDetail';
import { TimeOffDetail } from './TimeOffDetail';

interface Props { number: number | null; close: () => void; show: (date: string, staffId: string) => void }

/** The entry with a number, whichever kind it is: an appointment, or Time Off. */
export function EntryDrawer({ number, close, show }: Props) {
  const me = useMe();
  const entry = useQuery({ queryKey: ['entry', number], enabled: number !== null, queryFn: () => getEntry(number!) });
  const missing = entry.error instanceof ProblemError && entry.error.problem.status === 404;
  const kind = entry.data?.kind;
  const title = kind === 'TIME_OFF' ? 'Time Off' : kind === 'APPOINTMENT' ? 'Appointment' : 'Entry';
  return (
    <Drawer opened={number !== null} onClose={close} position="right" size={460} title={<Text fw={650} fz={18}>{title} <Text span c="gray.6" fw={500} className="tt-numbers">#{number}</Text></Text>}>
      {entry.isLoading && <Waiting />}
      {missing ? <Empty title={`No entry has the number ${number}`}>It may have been removed, or it belongs to another organisation.</Empty>
        : <ProblemNotice error={entry.error} retry={() => { void entry.refetch(); }} />}
      {entry.data && kind === 'APPOINTMENT' && <AppointmentDetail key={entry.data.id} id={entry.data.id} show={show} />}
      {entry.data && kind === 'TIME_OFF' && <TimeOffDetail key={entry.data.id} entry={entry.data} own={entry.data.staffId === me.staffMember?.id} close={close} show={show} />}
    </Drawer>
  );
}
