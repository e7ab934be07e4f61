import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connection, Feed, FeedItem } from '../api/types';
import { theme } from '../app/theme';
import { itemInfo, isStale, outcomeSentence } from './feedWords';
import { changed } from './FeedSettingsWindow';
import { plain } from './EventPreview';
import { FeedProgressBar, FirstSyncAnnounced } from './FeedProgressBar';
import { StopSyncWindow } from './StopSyncWindow';
import { ViewFeedWindow } from './ViewFeedWindow';

const feed = {
  id: 'f', staffId: 's', connectionId: 'c', calendar: { id: 'k', name: 'Calendar', owner: 'Anna', canEdit: true, isDefault: true }, reading: true, writing: true,
  state: 'ACTIVE', reason: null, remedy: null, lastSyncedAt: '2026-11-23T12:00:00Z', progress: null, version: 1, settings: { allDay: 'BLOCK', hideSubjects: false },
} as unknown as Feed;
const connection = { id: 'c', staffId: 's', state: 'ACTIVE', account: { address: 'anna@demo.example', name: 'Anna' } } as Connection;
const item = (change: Partial<FeedItem>): FeedItem => ({
  number: null, startsAt: '2026-11-24T08:00:00Z', endsAt: '2026-11-24T09:00:00Z', allDay: false, subject: 'Lunch', loaded: false, reasonCode: '', info: '',
  lastModifiedAt: null, processedAt: '2026-11-23T12:00:00Z', ...change,
});

let asked: { method: string; path: string; body: unknown }[] = [];
beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', async (request: Request | string, init?: RequestInit) => {
    const path = typeof request === 'string' ? request : new URL(request.url).pathname;
    const sent = typeof request === 'string' ? (init?.body as string | undefined) : await request.text();
    asked.push({ method: typeof request === 'string' ? init!.method! : request.method, path, body: sent ? JSON.parse(sent) : undefined });
    const body = path.includes('/items') ? { timeZone: 'Europe/Berlin', next: null, items: [item({ number: 1044, loaded: true, subject: 'Team', lastModifiedAt: '2026-11-20T07:00:00Z' }), item({ reasonCode: 'SHOWN_AS_FREE' })] }
      : path.includes('/staff/') ? { timeZone: 'Europe/Berlin' } : { items: [] };
    return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
  });
});
afterEach(() => vi.unstubAllGlobals());

function show(ui: React.ReactNode) {
  render(<MantineProvider theme={theme} env="test"><QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><MemoryRouter>{ui}</MemoryRouter></QueryClientProvider></MantineProvider>);
}

describe('View Feed', () => {
  it('shows the six columns, ticks and crosses with words, the zone, and that a red cross is normal', async () => {
    show(<ViewFeedWindow feed={feed} own close={() => {}} />);
    const table = await screen.findByRole('table');
    expect(within(table).getAllByRole('columnheader').map((head) => head.textContent)).toEqual(['ID', 'Starts at', 'Ends at', 'Subject', 'Loaded', 'Info']);
    const [, first, second] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent('1044Tue 24 Nov 2026, 09:00Tue 24 Nov 2026, 10:00TeamLoadedLast changed in Office 365: Fri 20 Nov 2026, 08:00');
    expect(second).toHaveTextContent('–Tue 24 Nov 2026, 09:00');
    expect(second).toHaveTextContent('Not loadedYou are shown as Available (free) during this event.');
    expect(screen.getByText(/All times in Europe\/Berlin/)).toBeInTheDocument();
    expect(screen.getByText('A red cross is normal')).toBeInTheDocument();
  });
});

describe('Stop Sync', () => {
  it('says what becomes bookable, keeps the [tt] events unless told otherwise, and stops only when confirmed', async () => {
    const close = vi.fn();
    show(<StopSyncWindow target={{ kind: 'feed', feed, connection, last: true }} staffId="s" own staffName="Anna" close={close} done={async () => {}} />);
    expect(screen.getByText('What becomes bookable')).toBeInTheDocument();
    expect(screen.getByRole('radio', { name: 'Keep them' })).toBeChecked();
    expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
    await userEvent.click(screen.getByRole('radio', { name: 'Remove them' }));
    await userEvent.click(screen.getByRole('button', { name: 'Stop Sync' }));
    expect(asked.filter(({ method }) => method !== 'GET')).toEqual([{ method: 'POST', path: '/api/v1/sync-feeds/f/stop', body: { writtenEvents: 'REMOVE' } }]);
    expect(close).toHaveBeenCalled();
  });
});

describe('the first sync', () => {
  const running = (processed: number): Feed => ({ ...feed, state: 'FIRST_SYNC', progress: { phase: 'READING', processed, loaded: processed, rejected: 0 } });

  it('shows how far it is in words, since nobody knows how much there is', () => {
    show(<FeedProgressBar feed={running(1200)} />);
    const bar = screen.getByRole('progressbar', { name: 'First sync of Calendar' });
    expect(bar).toHaveAttribute('aria-valuetext', 'First sync: 1,200 events seen, 1,200 loaded, 0 not loaded');
    expect(bar).not.toHaveAttribute('aria-valuenow');
  });

  it('is announced when it has ended, and a later sync is not', () => {
    const { rerender } = render(<MantineProvider><FirstSyncAnnounced feed={running(200)} /></MantineProvider>);
    const again = (next: Feed) => rerender(<MantineProvider><FirstSyncAnnounced feed={next} /></MantineProvider>);
    const done = { ...running(3000), state: 'ACTIVE' } as Feed;
    again(done);
    const words = 'First sync of Calendar finished: 3,000 events seen, 3,000 loaded, 0 not loaded';
    expect(screen.getByRole('status')).toHaveTextContent(words);
    again({ ...done, progress: { phase: 'READING', processed: 1, loaded: 1, rejected: 0 } });
    expect(screen.getByRole('status')).toHaveTextContent(words);
  });
});

it('takes the words of an event’s body, and nothing that could be loaded or run', () => {
  expect(plain('<html><body><p>One&amp;two</p><img src=x onerror="alert(1)"><div>three<br>four</div></body></html>')).toBe('One&two\nthree\nfour');
});

describe('words about a feed', () => {
  it('say why an item was not loaded, the service’s own words first', () => {
    expect(itemInfo(item({ reasonCode: 'DECLINED' }), 'UTC')).toBe('You declined this event.');
    expect(itemInfo(item({ reasonCode: 'DECLINED', info: 'Appointment 7 came from here.' }), 'UTC')).toBe('Appointment 7 came from here.');
  });

  it('call a feed stale only when it should be running and was silent for 15 minutes', () => {
    const at = (minutes: number) => Date.parse('2026-11-23T12:00:00Z') + minutes * 60_000;
    expect([isStale(feed, at(14)), isStale(feed, at(16)), isStale({ ...feed, state: 'FIRST_SYNC' }, at(16)), isStale({ ...feed, reading: false }, at(16))]).toEqual([false, true, false, false]);
  });

  it('explain a return from Microsoft without a connection', () => {
    expect(outcomeSentence('declined', null)).toMatch(/did not give permission/);
    expect(outcomeSentence('failed', 'some-new-code')).toBe('Some new code.');
  });

  it('send only the settings that were changed', () => {
    expect(changed(feed.settings, { ...feed.settings })).toBeUndefined();
    expect(changed(feed.settings, { ...feed.settings, allDay: 'IGNORE' })).toEqual({ allDay: 'IGNORE' });
  });
});
