import { describe, expect, it } from 'vitest';
import type { CalendarEntry } from '../api/types';
import { eventsOf, lookOf, mondayOf } from './entries';

const entry = (change: Partial<CalendarEntry>): CalendarEntry => ({
  kind: 'APPOINTMENT', number: 1, id: 'a', staffId: 's', title: 'Visit', startAt: '2026-11-24T08:00:00Z', endAt: '2026-11-24T09:00:00Z',
  allDay: false, status: 'OPEN', source: null, stale: false, ...change,
});

describe('entries in the calendar', () => {
  it('are drawn at the wall-clock time of the staff member’s zone', () => {
    expect(eventsOf([entry({})], 'Europe/Berlin')[0]).toMatchObject({ start: '2026-11-24T09:00:00', end: '2026-11-24T10:00:00' });
  });

  it('fill whole dates when they last all day, without the date on whose midnight they end', () => {
    const [event] = eventsOf([entry({ kind: 'TIME_OFF', source: 'EXTERNAL', status: null, allDay: true, startAt: '2026-11-23T23:00:00Z', endAt: '2026-11-24T23:00:00Z' })], 'Europe/Berlin');
    expect(event).toMatchObject({ start: '2026-11-24', end: '2026-11-25', allDay: true });
  });

  it('leave out what was cancelled, and tell imported time off from own', () => {
    expect(eventsOf([entry({ status: 'CANCELLED' })], 'UTC')).toEqual([]);
    expect(lookOf(entry({ kind: 'TIME_OFF', source: 'EXTERNAL', status: null }))).toBe('external');
    expect(lookOf(entry({ kind: 'TIME_OFF', source: 'MANUAL', status: null }))).toBe('manual');
    expect(lookOf(entry({ status: 'PENDING' }))).toBe('pending');
  });
});

it('begins the week on Monday', () => {
  expect(['2026-11-22', '2026-11-23', '2026-11-29'].map(mondayOf)).toEqual(['2026-11-16', '2026-11-23', '2026-11-23']);
});
