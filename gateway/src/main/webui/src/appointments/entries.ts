import type { EventInput } from '@fullcalendar/core';
import type { CalendarEntry } from '../api/types';
import { dateIn, plusDays, wallClock } from '../time/zones';

export type EntryLook = 'appointment' | 'pending' | 'done' | 'external' | 'manual';

/** How an entry is drawn: imported time off, own time off, and appointments by how settled they are. */
export function lookOf(entry: CalendarEntry): EntryLook {
  if (entry.kind === 'TIME_OFF') return entry.source === 'EXTERNAL' ? 'external' : 'manual';
  if (entry.status === 'PENDING') return 'pending';
  return entry.status === 'COMPLETED' || entry.status === 'NO_SHOW' ? 'done' : 'appointment';
}

/**
 * Entries as the calendar component wants them. It is run on a clock without a zone, and gets wall-clock times of the
 * staff member's zone: so it draws the same hours whatever the browser's own zone is.
 */
export function eventsOf(entries: CalendarEntry[], zone: string): EventInput[] {
  return entries.filter(({ status }) => status !== 'CANCELLED').map((entry) => {
    const allDay = entry.allDay;
    const lastDate = dateIn(new Date(Date.parse(entry.endAt) - 1000), zone);
    return {
      id: `${entry.kind}-${entry.id}`,
      title: entry.title,
      start: allDay ? dateIn(entry.startAt, zone) : wallClock(entry.startAt, zone),
      end: allDay ? plusDays(lastDate, 1) : wallClock(entry.endAt, zone),
      allDay,
      startEditable: entry.kind === 'APPOINTMENT' || entry.source === 'EXTERNAL',
      extendedProps: { entry },
    };
  });
}

/** The Monday of the week of a date. */
export function mondayOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return plusDays(date, -((day + 6) % 7));
}
