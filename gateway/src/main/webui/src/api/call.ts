import { noAnswer, ProblemError, problemOf } from './problem';

export interface CallOptions {
  query?: Record<string, string | number | boolean | undefined | null>;
  body?: unknown;
  idempotencyKey?: string;
  version?: number;
}

/** One request to an address that no committed API document describes yet. Answers the parsed body, if there is one. */
export async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  const headers = new Headers({ Accept: 'application/json, application/problem+json' });
  if (method !== 'GET') headers.set('X-Timetether-Request', '1');
  if (options.body !== undefined) headers.set('Content-Type', 'application/json');
  if (options.idempotencyKey) headers.set('Idempotency-Key', options.idempotencyKey);
  if (options.version !== undefined) headers.set('If-Match', `"${options.version}"`);
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  let response: Response;
  try {
    response = await fetch(path + (query.size > 0 ? `?${query}` : ''), {
      method,
      headers,
      credentials: 'same-origin',
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
    });
  } catch {
    throw new ProblemError(noAnswer);
  }
  if (!response.ok) throw new ProblemError(await problemOf(response));
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
