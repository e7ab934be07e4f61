import { describe, expect, it } from 'vitest';
import { ago, duration, range, zoneName } from './format';

const berlin = 'Europe/Berlin';

describe('times in words', () => {
  it('names both dates only when they differ', () => {
    expect(range('2026-11-24T08:00:00Z', '2026-11-24T08:30:00Z', berlin)).toBe('Tue 24 Nov 2026, 09:00 – 09:30');
    expect(range('2026-11-24T22:30:00Z', '2026-11-24T23:30:00Z', berlin)).toBe('Tue 24 Nov 2026, 23:30 – Wed 25 Nov 2026, 00:30');
  });

  it('does not count the midnight at which an all-day entry ends as another day', () => {
    expect(range('2026-11-23T23:00:00Z', '2026-11-24T23:00:00Z', berlin, true)).toBe('Tue 24 Nov 2026, all day');
    expect(range('2026-11-23T23:00:00Z', '2026-11-25T23:00:00Z', berlin, true)).toBe('Tue 24 Nov 2026 – Wed 25 Nov 2026, all day');
  });

  it('says how long ago something was, never in the future', () => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    const before = (seconds: number) => ago(new Date(now - seconds * 1000).toISOString(), now);
    expect([before(-20), before(40), before(60), before(3 * 3600), before(30 * 3600)])
      .toEqual(['just now', '40 seconds ago', '1 minute ago', '3 hours ago', 'yesterday']);
  });

  it('shows a zone with its offset at that time, and durations as people say them', () => {
    expect(zoneName(berlin, new Date('2026-07-01T00:00:00Z'))).toBe('Europe/Berlin (GMT+2)');
    expect([duration(30), duration(60), duration(90), duration(1440), duration(2880), duration(1500)]).toEqual(['30 min', '1 h', '1 h 30 min', '1 day', '2 days', '25 h']);
  });
});
