import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { theme } from '../app/theme';
import { actionWords, AuditLog, calendarActionWords } from './AuditLog';

it('says what an entry of the audit log means, and shows as it is what it does not know', () => {
  expect([actionWords('STAFF_CHANGED'), actionWords('MACHINE_CLIENT_REVOKED'), actionWords('TIME_OFF_REMOVED'), actionWords('SOMETHING_NEW_DONE')])
    .toEqual(['Staff member changed', 'Program revoked', 'Time off removed', 'Something new done']);
  expect([calendarActionWords('CONNECTION_SHARED'), calendarActionWords('FEED_STOPPED'), calendarActionWords('FEED_TURNED_ROUND')])
    .toEqual(['Shared the account with a colleague', 'Stopped the sync of a calendar', 'Feed turned round']);
});

describe('The audit log', () => {
  const bodies: Record<string, unknown[]> = {
    '/api/v1/people': [{ id: 'p', name: 'Frida Keller' }],
    '/api/v1/staff': [{ id: 's', name: 'Clara Novak' }],
    '/api/v1/audit-log': [{ id: 7, at: '2026-11-23T12:00:00Z', actor: 'person:p', action: 'STAFF_CHANGED', entityId: 's' }],
    '/api/v1/calendar-audit-log': [
      { id: 'b', at: '2026-11-23T12:05:00Z', actorId: null, action: 'CONNECTION_LOST', entityId: 'c', staffId: 's' },
      { id: 'a', at: '2026-11-23T12:04:00Z', actorId: 'gone', action: 'FEED_PAUSED', entityId: 'f', staffId: null },
    ],
  };
  beforeEach(() => {
    vi.stubGlobal('fetch', async (request: Request) =>
      new Response(JSON.stringify({ items: bodies[new URL(request.url).pathname] ?? [], next: null }), { headers: { 'content-type': 'application/json' } }));
  });
  afterEach(() => vi.unstubAllGlobals());

  it('shows what was done to the setup, and a key further what was done to calendars', async () => {
    render(<MantineProvider theme={theme} env="test"><QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><MemoryRouter><AuditLog zone="Europe/Berlin" /></MemoryRouter></QueryClientProvider></MantineProvider>);
    const setup = await screen.findByRole('table', { name: 'Who did what' });
    expect(await within(setup).findByText('Clara Novak')).toBeInTheDocument();
    expect(within(setup).getAllByRole('row')[1]).toHaveTextContent('Mon 23 Nov 2026, 13:00Frida KellerStaff member changedClara Novak');

    const choice = screen.getByRole('radiogroup', { name: 'Which log' });
    within(choice).getByRole('radio', { name: 'Appointments and setup' }).focus();
    await userEvent.keyboard('{ArrowRight}');
    const calendars = await screen.findByRole('table', { name: 'Who did what to whose calendar sync' });
    const [, first, second] = within(calendars).getAllByRole('row');
    expect(first).toHaveTextContent('Mon 23 Nov 2026, 13:05Timetether itselfTold the owner that Microsoft wants a new sign-inClara Novak');
    expect(second).toHaveTextContent('Somebody who is no longer herePaused the sync of a calendar–');
    expect(setup).not.toBeInTheDocument();
  });
});
