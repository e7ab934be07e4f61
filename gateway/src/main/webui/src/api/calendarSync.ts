import { api, body, tag } from './client';
import type { Feed, FeedSettings, WrittenEvents } from './types';

const of = (id: string) => ({ params: { path: { id } } });

export const listProviders = (staffId: string) => body(api.GET('/api/v1/calendar-providers', { params: { query: { staffId } } }));
export const listConnections = (staffId: string) => body(api.GET('/api/v1/calendar-connections', { params: { query: { staffId, limit: 200 } } }));
export const listFeeds = (staffId: string) => body(api.GET('/api/v1/sync-feeds', { params: { query: { staffId, limit: 200 } } }));
export const getRemoval = (connectionId: string) => body(api.GET('/api/v1/calendar-connections/{id}/removal', of(connectionId)));
export const listRemoteCalendars = (connectionId: string) => body(api.GET('/api/v1/calendar-connections/{id}/calendars', of(connectionId)));

/** Begins the way to Microsoft's page; the answer's authorizationUrl is where the browser goes next. */
export const connect = (provider: string, staffId: string, returnTo: string) =>
  body(api.POST('/api/v1/calendar-connections', { body: { provider, staffId, returnTo } }));
export const reconnect = (id: string, returnTo: string) =>
  body(api.POST('/api/v1/calendar-connections/{id}/reconnect', { ...of(id), body: { returnTo } }));
export const testConnection = (id: string) => body(api.POST('/api/v1/calendar-connections/{id}/test', of(id)));
/** The colleagues who may use an account. */
export const listShares = (id: string) => body(api.GET('/api/v1/calendar-connections/{id}/shares', of(id)));
export const share = (id: string, staffId: string) =>
  body(api.PUT('/api/v1/calendar-connections/{id}/shares/{staffId}', { params: { path: { id, staffId } } }));
export const withdrawShare = async (id: string, staffId: string): Promise<void> => {
  await api.DELETE('/api/v1/calendar-connections/{id}/shares/{staffId}', { params: { path: { id, staffId } } });
};
export const stopConnection = (id: string, writtenEvents: WrittenEvents) =>
  body(api.POST('/api/v1/calendar-connections/{id}/stop', { ...of(id), body: { writtenEvents } }));

export const createFeed = (feed: { connectionId: string; staffId: string; calendarId: string; reading: boolean; writing: boolean }) =>
  body(api.POST('/api/v1/sync-feeds', { body: feed }));
/** Settings that are left out stay as they are, though the document describes them as a whole. */
export const changeFeed = (feed: Feed, change: { reading?: boolean; writing?: boolean; settings?: Partial<FeedSettings> }) =>
  body(api.PATCH('/api/v1/sync-feeds/{id}', {
    params: { path: { id: feed.id }, header: { 'If-Match': tag(feed.version) } },
    body: { ...change, settings: change.settings as FeedSettings | undefined },
  }));
export const syncNow = (id: string) => body(api.POST('/api/v1/sync-feeds/{id}/sync', of(id)));
export const pauseFeed = (id: string) => body(api.POST('/api/v1/sync-feeds/{id}/pause', of(id)));
export const resumeFeed = (id: string, removals?: 'APPLY' | 'RESYNC') => body(api.POST('/api/v1/sync-feeds/{id}/resume', { ...of(id), body: { removals } }));
export const stopFeed = (id: string, writtenEvents: WrittenEvents) => body(api.POST('/api/v1/sync-feeds/{id}/stop', { ...of(id), body: { writtenEvents } }));
/** How the next appointment would look in Office 365 with these settings, before any is written so. */
export const previewFeed = (id: string, settings?: Partial<FeedSettings>) =>
  body(api.POST('/api/v1/sync-feeds/{id}/preview', { ...of(id), body: { settings: settings as FeedSettings | undefined } }));
export const listRuns = (id: string) => body(api.GET('/api/v1/sync-feeds/{id}/runs', { params: { path: { id }, query: { limit: 20 } } }));
/** [tt] events that should be gone, in calendars that nobody authorises us to use any more. */
export const listRemainingEvents = (staffId: string) => body(api.GET('/api/v1/remaining-events', { params: { query: { staffId, limit: 200 } } }));
export const listFeedItems = (id: string, after?: string) =>
  body(api.GET('/api/v1/sync-feeds/{id}/items', { params: { path: { id }, query: { limit: 50, after } } }));
/** Who did what to connections and calendars, for administrators. */
export const listCalendarAuditEntries = (after?: string) => body(api.GET('/api/v1/calendar-audit-log', { params: { query: { limit: 50, after } } }));
