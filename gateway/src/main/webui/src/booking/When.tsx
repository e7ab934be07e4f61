import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { clock, longDate, range, zoneName } from '../time/format';
import { browserZone } from '../time/zones';
import classes from './BookingPage.module.css';

interface Props { title: string; startAt: string; endAt: string; officeZone: string; aside?: ReactNode; children?: ReactNode }

/** One appointment's what and when: in the zone of the place, and on the reader's own clock where that shows another time. */
export function When({ title, startAt, endAt, officeZone, aside, children }: Props) {
  const own = browserZone();
  const differs = `${longDate(startAt, own)} ${clock(startAt, own)}` !== `${longDate(startAt, officeZone)} ${clock(startAt, officeZone)}`;
  return (
    <div className={classes.summary}>
      <div className={classes.summaryHead}><Text fw={600}>{title}</Text>{aside}</div>
      <Text size="sm">{range(startAt, endAt, officeZone)}</Text>
      <Text size="xs" c="gray.7">{zoneName(officeZone, new Date(startAt))}</Text>
      {differs && <Text size="sm" mt={4}>On your clock: <b>{range(startAt, endAt, own)}</b>, {zoneName(own, new Date(startAt))}</Text>}
      {children}
    </div>
  );
}
