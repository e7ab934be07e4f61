/** A refusal as the services say it (RFC 9457), plus what some of them add. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance?: string;
  violations?: { field: string; message: string }[];
  alternatives?: { startAt: string; endAt: string; staffId: string }[];
  source?: { feedId?: string; calendarName?: string | null; webLink?: string | null } | null;
}

/** Thrown by every call that was not answered with 2xx; `slug` is the last part of the problem's type. */
export class ProblemError extends Error {
  readonly slug: string;

  constructor(readonly problem: Problem) {
    super(problem.title);
    this.name = 'ProblemError';
    this.slug = problem.type.split('/').pop() ?? '';
  }
}

/** Reads the refusal out of any answer, however little of a problem it is (a proxy's page, an empty body). */
export async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text().catch(() => '');
  if ((response.headers.get('content-type') ?? '').includes('json')) {
    try {
      const body = JSON.parse(text) as Partial<Problem>;
      if (typeof body.title === 'string') {
        return { ...body, type: body.type ?? 'about:blank', title: body.title, status: body.status ?? response.status };
      }
    } catch {
      // Not a problem after all; the status says enough.
    }
  }
  return fromStatus(response.status);
}

function fromStatus(status: number): Problem {
  if (status === 401) {
    return { type: '/problems/sign-in-required', title: 'Please sign in', status, detail: 'Your session has ended. Sign in again to go on.' };
  }
  if (status === 404) {
    return { type: 'about:blank', title: 'Not found', status, detail: 'There is nothing at this address, or it has been removed.' };
  }
  if (status >= 500) {
    return { type: 'about:blank', title: 'This part of Timetether does not answer', status, detail: 'Nothing was lost. Please try again in a moment.' };
  }
  return { type: 'about:blank', title: `The request was refused (${status})`, status };
}

/** What is shown when no answer came at all. */
export const noAnswer: Problem = {
  type: 'about:blank',
  title: 'No connection',
  status: 0,
  detail: 'Timetether could not be reached. Check your connection and try again.',
};

export function asProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return { type: 'about:blank', title: 'Something went wrong in this page', status: 0, detail: error instanceof Error ? error.message : undefined };
}

/** The page that says what to do about a problem, where there is one. */
export function remedyLink(problem: Problem): string | undefined {
  return problem.type.startsWith('/problems/') ? problem.type : undefined;
}
