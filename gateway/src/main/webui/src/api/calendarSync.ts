import { call } from './call';
import { newKey } from './client';
import type { Connection, Feed, FeedItems, FeedSettings, Page, Provider, RemoteCalendar, Removal, WrittenEvents } from './types';

export const listProviders = (staffId: string) => call<Page<Provider>>('GET', '/api/v1/calendar-providers', { query: { staffId } });
export const listConnections = (staffId: string) => call<Page<Connection>>('GET', '/api/v1/calendar-connections', { query: { staffId } });
export const listFeeds = (staffId: string) => call<Page<Feed>>('GET', '/api/v1/sync-feeds', { query: { staffId } });
export const getFeed = (id: string) => call<Feed>('GET', `/api/v1/sync-feeds/${id}`);
export const getRemoval = (connectionId: string) => call<Removal>('GET', `/api/v1/calendar-connections/${connectionId}/removal`);
export const listRemoteCalendars = (connectionId: string) => call<Page<RemoteCalendar>>('GET', `/api/v1/calendar-connections/${connectionId}/calendars`);

/** Begins the way to Microsoft's page; the answer's authorizationUrl is where the browser goes next. */
export const connect = (provider: string, staffId: string, returnTo: string) =>
  call<Connection>('POST', '/api/v1/calendar-connections', { body: { provider, staffId, returnTo }, idempotencyKey: newKey() });
export const reconnect = (id: string, returnTo: string) => call<Connection>('POST', `/api/v1/calendar-connections/${id}/reconnect`, { body: { returnTo } });
export const stopConnection = (id: string, writtenEvents: WrittenEvents) =>
  call<Connection>('POST', `/api/v1/calendar-connections/${id}/stop`, { body: { writtenEvents } });

export const createFeed = (connectionId: string, calendarId: string, reading: boolean, writing: boolean) =>
  call<Feed>('POST', '/api/v1/sync-feeds', { body: { connectionId, calendarId, reading, writing }, idempotencyKey: newKey() });
export const changeFeed = (feed: Feed, change: { reading?: boolean; writing?: boolean; settings?: Partial<FeedSettings> }) =>
  call<Feed>('PATCH', `/api/v1/sync-feeds/${feed.id}`, { body: change, version: feed.version });
export const syncNow = (id: string) => call<unknown>('POST', `/api/v1/sync-feeds/${id}/sync`);
export const pauseFeed = (id: string) => call<Feed>('POST', `/api/v1/sync-feeds/${id}/pause`);
export const resumeFeed = (id: string, held?: 'APPLY' | 'RESYNC') => call<Feed>('POST', `/api/v1/sync-feeds/${id}/resume`, { body: held ? { removals: held } : {} });
export const stopFeed = (id: string, writtenEvents: WrittenEvents) => call<unknown>('POST', `/api/v1/sync-feeds/${id}/stop`, { body: { writtenEvents } });
export const listFeedItems = (id: string, after?: string) => call<FeedItems>('GET', `/api/v1/sync-feeds/${id}/items`, { query: { limit: 50, after } });
