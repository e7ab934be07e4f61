import type { paths } from '#openapi/gateway';
import createClient, { type Middleware } from 'openapi-fetch';
import { noAnswer, ProblemError, problemOf } from './problem';

/** What every request of the app has in common: it says that it is ours, and a refusal becomes a {@link ProblemError}. */
const manners: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept', 'application/json, application/problem+json');
    if (request.method !== 'GET') request.headers.set('X-Timetether-Request', '1');
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw new ProblemError(await problemOf(response));
  },
  onError({ error }) {
    if (error instanceof DOMException && error.name === 'AbortError') return error;
    return new ProblemError(noAnswer);
  },
};

/** The paths of the committed API document, on this page's own origin and in its session. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  fetch: (request) => fetch(request),
  querySerializer: (query) => {
    const parts = new URLSearchParams();
    for (const [name, value] of Object.entries(query as Record<string, unknown>)) {
      if (value !== undefined && value !== null && value !== '') parts.set(name, String(value));
    }
    return parts.toString();
  },
});
api.use(manners);

/** The body of an answer; refusals have been thrown before. */
export async function body<T>(answer: Promise<{ data?: T }>): Promise<NonNullable<T>> {
  return (await answer).data as NonNullable<T>;
}

/** How a version is sent in If-Match. */
export const tag = (version: number): string => `"${version}"`;

/** A key for one intent. `crypto.randomUUID` is missing on plain http beyond localhost. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
