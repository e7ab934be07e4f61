import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, Route, Routes } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PublicAppointment } from '../api/types';
import { theme } from '../app/theme';
import { BookingPage } from './BookingPage';
import { ManagePage } from './ManagePage';

const service = { id: 'svc', name: 'Check-up', durationMinutes: 30, needsConfirmation: false, minimumNoticeMinutes: 0, horizonDays: 365, location: null, staffIds: ['dana'] };
const slots = ['2031-03-03T09:00:00Z', '2031-03-03T10:00:00Z'].map((startAt) => ({ startAt, endAt: new Date(Date.parse(startAt) + 1_800_000).toISOString(), staffIds: ['dana'] }));
const booked: PublicAppointment = {
  number: 1042, status: 'OPEN', startAt: slots[0]!.startAt, endAt: slots[0]!.endAt, serviceId: 'svc', serviceName: 'Check-up', staffId: 'dana', staffName: 'Dana',
  locationName: null, movableUntil: slots[0]!.startAt, cancellableUntil: slots[0]!.startAt, managementLink: null, version: 1,
};

type Answer = { status: number; body: unknown };
let asked: { method: string; path: string; key: string | null; version: string | null; body: any }[] = [];
let answers: Record<string, Answer[]> = {};
const problem = (status: number, slug: string, more = {}): Answer => ({ status, body: { type: `/problems/${slug}`, title: slug, status, ...more } });

vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => {
  asked = [];
  answers = {};
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname } = new URL(request.url);
    const path = pathname.replace('/api/v1/public/organisations/seaside', '');
    const sent = await request.text();
    asked.push({ method: request.method, path, key: request.headers.get('Idempotency-Key'), version: request.headers.get('If-Match'), body: sent ? JSON.parse(sent) : undefined });
    const usual: Record<string, unknown> = {
      '': { slug: 'seaside', name: 'Seaside Practice', timeZone: 'Europe/Berlin' }, '/services': { items: [service], next: null },
      '/staff': { items: [{ id: 'dana', name: 'Dana' }], next: null }, '/availability': { timeZone: 'Europe/Berlin', slots },
    };
    const answer = answers[`${request.method} ${path}`]?.shift() ?? (path in usual ? { status: 200, body: usual[path] } : problem(404, 'not-found'));
    return new Response(JSON.stringify(answer.body), { status: answer.status, headers: { 'content-type': 'application/json' } });
  });
});
afterEach(() => vi.unstubAllGlobals());

function open(address: string) {
  render(
    <MantineProvider theme={theme} env="test"><QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <MemoryRouter initialEntries={[address]}><Routes><Route path="/book/:slug" element={<BookingPage />} /><Route path="/book/:slug/manage/:token" element={<ManagePage />} /></Routes></MemoryRouter>
    </QueryClientProvider></MantineProvider>,
  );
}

async function fillIn() {
  await userEvent.click(await screen.findByRole('button', { name: /Check-up/ }));
  await userEvent.click(await screen.findByRole('button', { name: '10:00' }));
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  await userEvent.type(screen.getByRole('textbox', { name: /Name/ }), 'Carla');
  await userEvent.type(screen.getByRole('textbox', { name: /E-mail/ }), 'carla@example.org');
  await userEvent.click(screen.getByRole('button', { name: 'Book it' }));
}

describe('Booking', () => {
  it('goes from the service over the time and the details to the confirmation with the link', async () => {
    answers['POST /appointments'] = [{ status: 201, body: { ...booked, managementLink: 'http://localhost/book/seaside/manage/secret' } }];
    open('/book/seaside');
    await fillIn();
    expect(await screen.findByText('Your appointment is booked')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'your own link' })).toHaveAttribute('href', '/book/seaside/manage/secret');
    expect(screen.getByText(/Mon 3 Mar 2031, 10:00 – 10:30/)).toBeInTheDocument();
    expect(asked.find(({ method }) => method === 'POST')!.body).toEqual({ serviceId: 'svc', startAt: '2031-03-03T09:00:00Z', client: { name: 'Carla', email: 'carla@example.org' } });
  });

  it('offers what is still free when somebody was faster, as a new wish with a new key', async () => {
    answers['POST /appointments'] = [problem(409, 'slot-taken', { alternatives: [{ startAt: slots[1]!.startAt, endAt: slots[1]!.endAt, staffId: 'dana' }] }), { status: 201, body: booked }];
    open('/book/seaside');
    await fillIn();
    await userEvent.click(await screen.findByRole('button', { name: 'Mon 3 Mar 2031, 11:00' }));
    await userEvent.click(screen.getByRole('button', { name: 'Book it' }));
    expect(await screen.findByText('Your appointment is booked')).toBeInTheDocument();
    const [first, second] = asked.filter(({ method }) => method === 'POST');
    expect(second!.body).toMatchObject({ startAt: slots[1]!.startAt, staffId: 'dana', client: { name: 'Carla' } });
    expect(second!.key).not.toBe(first!.key);
  });

  it('keeps the key when no answer came, so that trying again is harmless', async () => {
    answers['POST /appointments'] = [problem(503, 'temporarily-unavailable'), { status: 201, body: booked }];
    open('/book/seaside');
    await fillIn();
    expect(await screen.findByRole('alert')).toHaveTextContent('temporarily-unavailable');
    await userEvent.click(screen.getByRole('button', { name: 'Book it' }));
    await screen.findByText('Your appointment is booked');
    const [first, second] = asked.filter(({ method }) => method === 'POST');
    expect(second!.key).toBe(first!.key);
  });

  it('says so when there is no such page', async () => {
    answers['GET '] = [problem(404, 'not-found')];
    open('/book/seaside');
    expect(await screen.findByText('Nothing can be booked at this address')).toBeInTheDocument();
  });
});

describe('Managing', () => {
  const at = '/book/seaside/manage/secret';

  it('moves to another time with the version that was seen', async () => {
    answers['GET /appointments/secret'] = [{ status: 200, body: booked }];
    answers['POST /appointments/secret/reschedule'] = [{ status: 200, body: { ...booked, startAt: slots[1]!.startAt, endAt: slots[1]!.endAt, version: 2 } }];
    open(at);
    await userEvent.click(await screen.findByRole('button', { name: 'Move it' }));
    await userEvent.click(await screen.findByRole('button', { name: '11:00' }));
    await userEvent.click(screen.getByRole('button', { name: /Move it to Mon 3 Mar 2031, 11:00/ }));
    expect(await screen.findByText('Your appointment was moved.')).toBeInTheDocument();
    expect(screen.getByText(/Mon 3 Mar 2031, 11:00 – 11:30/)).toBeInTheDocument();
    expect(asked.find(({ method }) => method === 'POST')).toMatchObject({ version: '"1"', body: { startAt: slots[1]!.startAt, staffId: 'dana' } });
  });

  it('cancels only when confirmed', async () => {
    answers['GET /appointments/secret'] = [{ status: 200, body: booked }];
    answers['POST /appointments/secret/cancellation'] = [{ status: 200, body: { ...booked, status: 'CANCELLED', movableUntil: null, cancellableUntil: null, version: 2 } }];
    open(at);
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel it' }));
    expect(asked.some(({ method }) => method === 'POST')).toBe(false);
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel the appointment' }));
    expect(await screen.findByText(/Your appointment was cancelled/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Move it' })).not.toBeInTheDocument();
  });

  it('says until when, or that it is too late', async () => {
    answers['GET /appointments/secret'] = [{ status: 200, body: { ...booked, movableUntil: '2031-03-01T09:00:00Z', cancellableUntil: null } }];
    open(at);
    expect(await screen.findByText(/You can move it here until Sat 1 Mar 2031, 10:00/)).toBeInTheDocument();
    expect(screen.getByText('It is too late to cancel it online; please call us.')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Cancel it' })).not.toBeInTheDocument();
  });

  it('says so when the link opens nothing', async () => {
    open(at);
    expect(await screen.findByText('This link opens no booking')).toBeInTheDocument();
  });
});
