import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, newKey } from './client';
import { ProblemError } from './problem';

function answers(response: Response) {
  const fetched = vi.fn<typeof fetch>(async () => response);
  vi.stubGlobal('fetch', fetched);
  return fetched;
}
const headersOf = (fetched: ReturnType<typeof answers>) => new Headers(fetched.mock.calls[0]![1]!.headers);

afterEach(() => vi.unstubAllGlobals());

describe('a call', () => {
  it('proves that it comes from our own page, and says which version and which intent it means', async () => {
    const fetched = answers(new Response('{"id":"a"}', { headers: { 'content-type': 'application/json' } }));
    await call('POST', '/api/v1/x', { body: { a: 1 }, version: 7, idempotencyKey: 'k' });
    const headers = headersOf(fetched);
    expect([headers.get('X-Timetether-Request'), headers.get('If-Match'), headers.get('Idempotency-Key')]).toEqual(['1', '"7"', 'k']);
  });

  it('leaves out what is not asked for in the query', async () => {
    const fetched = answers(new Response(null, { status: 204 }));
    expect(await call('GET', '/api/v1/x', { query: { q: undefined, staffId: 's 1', limit: 5 } })).toBeUndefined();
    expect(fetched.mock.calls[0]![0]).toBe('/api/v1/x?staffId=s+1&limit=5');
    expect(headersOf(fetched).has('X-Timetether-Request')).toBe(false);
  });

  it('throws the refusal with its own words', async () => {
    answers(new Response('{"type":"/problems/slot-taken","title":"Taken","status":409,"detail":"Choose another"}', { status: 409, headers: { 'content-type': 'application/problem+json' } }));
    await expect(call('POST', '/x')).rejects.toMatchObject({ slug: 'slot-taken', problem: { detail: 'Choose another' } });
  });

  it('makes a problem of a page that is none, and of no answer at all', async () => {
    answers(new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } }));
    await expect(call('GET', '/x')).rejects.toBeInstanceOf(ProblemError);
    vi.stubGlobal('fetch', async () => { throw new TypeError('failed'); });
    await expect(call('GET', '/x')).rejects.toMatchObject({ problem: { title: 'No connection' } });
  });
});

it('makes keys where the browser cannot', () => {
  const bytes = crypto.getRandomValues.bind(crypto);
  vi.stubGlobal('crypto', { getRandomValues: bytes });
  expect(newKey()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
