import interaction from '@fullcalendar/interaction';
import FullCalendar from '@fullcalendar/react';
import timeGrid from '@fullcalendar/timegrid';
import { IconBrandOffice, IconClockOff } from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import type { CalendarEntry } from '../api/types';
import { clock } from '../time/format';
import { wallClock } from '../time/zones';
import { eventsOf, lookOf } from './entries';

interface Props {
  view: 'day' | 'week';
  date: string;
  zone: string;
  entries: CalendarEntry[];
  open: (entry: CalendarEntry) => void;
  /** A wall-clock time that was pointed at in an empty place. */
  create: (wall: string) => void;
  /** An entry was dragged to another wall-clock time; nothing has been changed yet. */
  move: (entry: CalendarEntry, wall: string) => void;
}

/** Draws wall-clock times of one zone; see entries.ts for why the component itself knows no zone. */
export function WallCalendar({ view, date, zone, entries, open, create, move }: Props) {
  const calendar = useRef<FullCalendar>(null);
  const events = useMemo(() => eventsOf(entries, zone), [entries, zone]);
  useEffect(() => {
    // Outside React's commit: the component flushes its own rendering.
    queueMicrotask(() => calendar.current?.getApi().changeView(view === 'week' ? 'timeGridWeek' : 'timeGridDay', date));
  }, [view, date]);
  return (
    <FullCalendar
      ref={calendar} plugins={[timeGrid, interaction]} initialView={view === 'week' ? 'timeGridWeek' : 'timeGridDay'} initialDate={date}
      timeZone="UTC" now={() => wallClock(new Date(), zone)} nowIndicator locale="en-gb" firstDay={1} headerToolbar={false} height="auto"
      slotDuration="00:30:00" scrollTime="08:00:00" allDayText="All day" expandRows eventMinHeight={22} slotEventOverlap={false}
      slotLabelFormat={{ hour: '2-digit', minute: '2-digit', hour12: false }} dayHeaderFormat={{ weekday: 'short', day: 'numeric', month: 'short' }}
      events={events} eventInteractive editable={false} eventDurationEditable={false} longPressDelay={400} {...hoursOf(events)}
      eventClick={({ event, jsEvent }) => { jsEvent.preventDefault(); open(event.extendedProps.entry as CalendarEntry); }}
      dateClick={({ dateStr, allDay }) => { if (!allDay) create(dateStr.slice(0, 19).replace('Z', '')); }}
      eventDrop={({ event, revert }) => {
        const wall = event.start?.toISOString().slice(0, 19);
        revert();
        if (wall && !event.allDay) move(event.extendedProps.entry as CalendarEntry, wall);
      }}
      // The component makes entries reachable by keyboard, but does not say what they are.
      eventDidMount={({ el }) => el.setAttribute('role', 'button')}
      eventContent={({ event }) => <EntryBox entry={event.extendedProps.entry as CalendarEntry} zone={zone} />}
    />
  );
}

/** The hours that are drawn: office hours, and more when an entry lies outside them. */
function hoursOf(events: ReturnType<typeof eventsOf>): { slotMinTime: string; slotMaxTime: string } {
  let first = 7;
  let last = 20;
  for (const { start, end, allDay } of events) {
    if (allDay || typeof start !== 'string' || typeof end !== 'string') continue;
    const acrossMidnight = start.slice(0, 10) !== end.slice(0, 10);
    first = acrossMidnight && !end.endsWith('T00:00:00') ? 0 : Math.min(first, Number(start.slice(11, 13)));
    last = acrossMidnight ? 24 : Math.max(last, Number(end.slice(11, 13)) + (end.slice(14, 16) === '00' ? 0 : 1));
  }
  const hour = (value: number) => `${String(value).padStart(2, '0')}:00:00`;
  return { slotMinTime: hour(first), slotMaxTime: hour(last) };
}

function EntryBox({ entry, zone }: { entry: CalendarEntry; zone: string }) {
  const look = lookOf(entry);
  const short = !entry.allDay && Date.parse(entry.endAt) - Date.parse(entry.startAt) < 45 * 60_000;
  const what = { appointment: 'Appointment', pending: 'Appointment awaiting confirmation', done: 'Past appointment', external: 'Time off from Office 365', manual: 'Time off' }[look];
  return (
    <div className={`tt-entry tt-entry-${look}${entry.stale ? ' tt-entry-stale' : ''}${short ? ' tt-entry-short' : ''}`} title={`${what}: ${entry.title}`}>
      <div className="tt-entry-title">
        {look === 'external' && <IconBrandOffice size={13} aria-hidden style={{ flex: 'none' }} />}
        {look === 'manual' && <IconClockOff size={13} aria-hidden style={{ flex: 'none' }} />}
        <span>{entry.title}</span>
      </div>
      {!entry.allDay && <div className="tt-entry-time">{clock(entry.startAt, zone)}{short ? '' : ` – ${clock(entry.endAt, zone)}`}</div>}
      <span className="tt-visually-hidden">{what}, number {entry.number}{entry.stale ? ', not confirmed lately' : ''}</span>
    </div>
  );
}
