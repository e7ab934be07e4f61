import { afterEach, describe, expect, it, vi } from 'vitest';
import { api, body, newKey, tag } from './client';
import { ProblemError } from './problem';
import { attemptExternalChange } from './scheduling';

function answers(response: Response) {
  const fetched = vi.fn<(request: Request) => Promise<Response>>(async () => response);
  vi.stubGlobal('fetch', fetched);
  return fetched;
}
const json = (value: unknown, status = 200) =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' } });

afterEach(() => vi.unstubAllGlobals());

describe('a request', () => {
  it('proves that it comes from our own page, and says which version it means', async () => {
    const fetched = answers(json({ id: 'a' }));
    await body(api.POST('/api/v1/appointments/{id}/reschedule', { params: { path: { id: 'a' }, header: { 'If-Match': tag(7) } }, body: { startAt: '2026-11-24T08:00:00Z' } }));
    const request = fetched.mock.calls[0]![0];
    expect([request.headers.get('X-Timetether-Request'), request.headers.get('If-Match'), request.credentials]).toEqual(['1', '"7"', 'same-origin']);
    expect(await request.json()).toEqual({ startAt: '2026-11-24T08:00:00Z' });
  });

  it('leaves out what is not asked for in the query', async () => {
    const fetched = answers(json({ items: [] }));
    await body(api.GET('/api/v1/appointments', { params: { query: { q: undefined, staffId: 's 1', limit: 5 } } }));
    const request = fetched.mock.calls[0]![0];
    expect(new URL(request.url).search).toBe('?staffId=s+1&limit=5');
    expect(request.headers.has('X-Timetether-Request')).toBe(false);
  });

  it('throws the refusal with its own words', async () => {
    answers(json({ type: '/problems/slot-taken', title: 'Taken', status: 409, detail: 'Choose another' }, 409));
    await expect(body(api.GET('/api/v1/me'))).rejects.toMatchObject({ slug: 'slot-taken', problem: { detail: 'Choose another' } });
  });

  it('makes a problem of a page that is none, and of no answer at all', async () => {
    answers(new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } }));
    await expect(body(api.GET('/api/v1/me'))).rejects.toBeInstanceOf(ProblemError);
    vi.stubGlobal('fetch', async () => { throw new TypeError('failed'); });
    await expect(body(api.GET('/api/v1/me'))).rejects.toMatchObject({ problem: { title: 'No connection' } });
  });
});

it('learns from the refusal where an imported entry can be changed', async () => {
  answers(json({ type: '/problems/external-entry-read-only', title: 'No', status: 409, source: { calendarName: 'Calendar', webLink: 'https://outlook.example/1' } }, 409));
  expect(await attemptExternalChange('t')).toEqual({ calendarName: 'Calendar', webLink: 'https://outlook.example/1' });
});

it('makes keys where the browser cannot', () => {
  const bytes = crypto.getRandomValues.bind(crypto);
  vi.stubGlobal('crypto', { getRandomValues: bytes });
  expect(newKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
