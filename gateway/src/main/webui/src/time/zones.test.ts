import { describe, expect, it } from 'vitest';
import { dateIn, instantAt, plusDays, wallClock } from './zones';

describe('wall clocks and instants', () => {
  it('shows the wall clock of the zone that is asked for, not of the machine', () => {
    expect(wallClock('2026-11-23T08:00:00Z', 'Europe/Berlin')).toBe('2026-11-23T09:00:00');
    expect(wallClock('2026-11-23T23:30:00Z', 'Asia/Kathmandu')).toBe('2026-11-24T05:15:00');
    expect(dateIn('2026-11-23T23:30:00Z', 'Asia/Kathmandu')).toBe('2026-11-24');
  });

  it('goes there and back through a whole year, every 90 minutes, in zones with and without daylight saving', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC']) {
      for (let instant = Date.UTC(2026, 0, 1); instant < Date.UTC(2027, 0, 1); instant += 5_400_000) {
        const wall = wallClock(new Date(instant), zone);
        expect(wallClock(instantAt(wall, zone), zone), `${wall} in ${zone}`).toBe(wall);
      }
    }
  }, 30_000);

  it('reads the hour that is skipped in spring as later, and takes the first of the hour that comes twice', () => {
    expect(instantAt('2026-03-29T02:30:00', 'Europe/Berlin').toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(instantAt('2026-10-25T02:30:00', 'Europe/Berlin').toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(instantAt('2026-11-01T01:30:00', 'America/New_York').toISOString()).toBe('2026-11-01T05:30:00.000Z');
  });

  it('starts a date at its own midnight', () => {
    expect(instantAt('2026-07-01', 'Europe/Berlin').toISOString()).toBe('2026-06-30T22:00:00.000Z');
    expect(plusDays('2026-12-31', 1)).toBe('2027-01-01');
  });
});
