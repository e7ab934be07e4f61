/**
 * Instants and wall clocks. The calendar draws wall-clock times of one named zone (never the browser's own), so every
 * instant is turned into "yyyy-MM-ddTHH:mm:ss" of that zone and back again.
 */
const formats = new Map<string, Intl.DateTimeFormat>();

function wallFormat(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA-u-ca-iso8601', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}

/** The wall clock of an instant in a zone, as "2026-03-29T03:00:00". */
export function wallClock(instant: string | Date, zone: string): string {
  const part: Record<string, string> = {};
  for (const { type, value } of wallFormat(zone).formatToParts(new Date(instant))) part[type] = value;
  return `${part.year!.padStart(4, '0')}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}`;
}

/** The date of an instant in a zone, as "2026-03-29". */
export const dateIn = (instant: string | Date, zone: string): string => wallClock(instant, zone).slice(0, 10);

function offsetMillis(instant: number, zone: string): number {
  return Date.parse(`${wallClock(new Date(instant), zone)}Z`) - Math.floor(instant / 1000) * 1000;
}

/**
 * The instant at which a zone's clocks show this wall time. In the hour that is skipped in spring the clock is read as
 * before the change (02:30 becomes 03:30); in the hour that comes twice in autumn the first one is meant. That is what
 * java.time does on the other side.
 */
export function instantAt(wall: string, zone: string): Date {
  const asUtc = Date.parse(`${wall.length === 10 ? `${wall}T00:00:00` : wall}Z`);
  const day = 86_400_000;
  const before = offsetMillis(asUtc - day, zone);
  const after = offsetMillis(asUtc + day, zone);
  for (const offset of before === after ? [before] : [before, after]) {
    if (offsetMillis(asUtc - offset, zone) === offset) return new Date(asUtc - offset);
  }
  return new Date(asUtc - before);
}

/** A calendar date moved by whole days; no zone is involved. */
export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
