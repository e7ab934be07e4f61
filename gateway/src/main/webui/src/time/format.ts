import { dateIn, plusDays } from './zones';

const locale = 'en-GB';

/** "Tue 24 Nov 2026, 09:00" in the zone. */
export function dateTime(instant: string, zone: string): string {
  return `${longDate(instant, zone)}, ${clock(instant, zone)}`;
}

/** "09:00" in the zone. */
export function clock(instant: string, zone: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(instant));
}

/** "Tue 24 Nov 2026" in the zone. */
export function longDate(instant: string, zone: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
    .format(new Date(instant)).replace(/,/g, '');
}

/** "Tuesday 24 November" of a calendar date. */
export function dayName(date: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(`${date}T12:00:00Z`)).replace(/,/g, '');
}

/** "Tue 24 Nov 2026, 09:00 – 09:30", with both dates when it ends on another day; whole dates for all-day entries. */
export function range(startAt: string, endAt: string, zone: string, allDay = false): string {
  const first = dateIn(startAt, zone);
  if (allDay) {
    // The end is exclusive: an entry that ends at midnight does not touch the next date.
    const last = dateIn(new Date(Date.parse(endAt) - 1000), zone);
    return first === last ? `${longDate(startAt, zone)}, all day`
      : `${longDate(startAt, zone)} – ${longDate(new Date(Date.parse(endAt) - 1000).toISOString(), zone)}, all day`;
  }
  return first === dateIn(endAt, zone)
    ? `${dateTime(startAt, zone)} – ${clock(endAt, zone)}`
    : `${dateTime(startAt, zone)} – ${dateTime(endAt, zone)}`;
}

/** "just now", "40 seconds ago", "3 minutes ago", "2 hours ago", "yesterday", "5 days ago". */
export function ago(instant: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(instant)) / 1000));
  if (seconds < 5) return 'just now';
  if (seconds < 60) return `${seconds} seconds ago`;
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (seconds < 3600) return words.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return words.format(-Math.floor(seconds / 3600), 'hour');
  return words.format(-Math.floor(seconds / 86_400), 'day');
}

/** "Europe/Berlin (GMT+1)": a zone as people can check it. */
export function zoneName(zone: string, at: Date = new Date()): string {
  const offset = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  return offset ? `${zone.replace(/_/g, ' ')} (${offset})` : zone;
}

/** "30 min", "1 h", "1 h 30 min", "1 day", "2 days". */
export function duration(minutes: number): string {
  if (minutes > 0 && minutes % 1440 === 0) return minutes === 1440 ? '1 day' : `${minutes / 1440} days`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours ? `${hours} h` : '', rest || !hours ? `${rest} min` : ''].filter(Boolean).join(' ');
}

export { plusDays };
