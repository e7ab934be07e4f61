import type { Connection, Feed, FeedItem } from '../api/types';
import { dateTime } from '../time/format';

export interface StateWords { label: string; colour: string; sentence: string }

/** Fifteen minutes without confirmation: then busy time counts as stale (the same limit as in availability). */
export const STALE_AFTER_MS = 15 * 60_000;

/** A feed's state in words; the sentence says what it means for bookings. */
export function feedState(feed: Feed): StateWords {
  switch (feed.state) {
    case 'FIRST_SYNC':
      return { label: 'First sync running', colour: 'blue', sentence: 'Until it has finished, clients can book only time that is already known.' };
    case 'ACTIVE':
      return { label: 'Active', colour: 'green', sentence: 'Changes are exchanged by themselves.' };
    case 'PAUSED':
      return { label: 'Paused', colour: 'gray', sentence: 'Nothing is exchanged until somebody resumes it. The last known busy time stays.' };
    case 'HELD':
      return { label: 'Held', colour: 'orange', sentence: 'Most of this calendar’s events seem to have vanished at once. Before their time becomes bookable, please say whether that is right.' };
    case 'PARKED':
      return { label: 'Parked', colour: 'orange', sentence: 'Nothing is exchanged at the moment. The last known busy time stays and counts as stale.' };
    case 'STOPPED':
      return { label: 'Stopped', colour: 'gray', sentence: 'This sync has ended.' };
  }
}

/** A connection's state in words; null while there is nothing to say. */
export function connectionState(connection: Connection): StateWords | null {
  switch (connection.state) {
    case 'ACTIVE':
      return { label: 'Connected', colour: 'green', sentence: '' };
    case 'PENDING':
      return { label: 'Waiting for Microsoft', colour: 'gray', sentence: 'The sign-in at Microsoft has not been finished.' };
    case 'RECONNECT_REQUIRED':
      return { label: 'Reconnect needed', colour: 'red', sentence: 'Microsoft no longer accepts the authorisation. Nothing is exchanged until you sign in there again; the last known busy time stays.' };
    case 'PARKED':
      return { label: 'Parked', colour: 'orange', sentence: 'Nothing is read or written at the moment; nothing was deleted.' };
    case 'STOPPING':
      return { label: 'Stopping', colour: 'orange', sentence: 'The [tt] events are being removed from Office 365.' };
    case 'STOPPED':
      return null;
  }
}

const reasons: Record<string, string> = {
  CAME_FROM_HERE: 'It came from Timetether: the appointment itself blocks this time already.',
  SHOWN_AS_FREE: 'You are shown as Available (free) during this event.',
  WORKING_ELSEWHERE: 'You are shown as working elsewhere during this event.',
  DECLINED: 'You declined this event.',
  CANCELLED: 'This event was cancelled.',
  ALL_DAY_IGNORED: 'This feed ignores all-day events.',
  ALREADY_IN_CALENDAR: 'It is already in your calendar: the same meeting was loaded from another calendar.',
  UNKNOWN_TIME_ZONE: 'Its time zone is unknown, so it was not loaded rather than shifted by a guess.',
  NO_DURATION: 'It has no duration, so there is nothing to block.',
  OUTSIDE_WINDOW: 'It lies outside the time that is synced (yesterday to 12 months ahead).',
  REJECTED: 'Timetether rejected it.',
};

/** The column Info: for a loaded item when it was last changed in Office 365, otherwise why it was not loaded. */
export function itemInfo(item: FeedItem, zone: string): string {
  if (item.loaded) {
    return item.lastModifiedAt ? `Last changed in Office 365: ${dateTime(item.lastModifiedAt, zone)}` : item.info || 'Loaded';
  }
  return item.info || (reasons[item.reasonCode ?? ''] ?? 'Timetether did not load it.');
}

/** Reasons and remedies arrive as sentences; should a bare code arrive, it is made readable. */
export function sentence(text: string | null | undefined): string {
  if (!text) return '';
  if (/\s/.test(text)) return text;
  const words = text.replace(/[-_]/g, ' ').toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

export function direction(feed: Feed): string {
  if (feed.reading && feed.writing) return 'Reads and writes';
  if (feed.reading) return 'Reads only';
  return feed.writing ? 'Writes only' : 'Neither reads nor writes';
}

/** True when the feed has been silent for too long to be trusted, though it should be running. */
export function isStale(feed: Feed, now: number): boolean {
  if (!feed.reading || feed.state === 'STOPPED' || feed.state === 'FIRST_SYNC') return false;
  return !feed.lastSyncedAt || now - Date.parse(feed.lastSyncedAt) > STALE_AFTER_MS;
}

const refused: Record<string, string> = {
  declined: 'You did not give permission on Microsoft’s page, so nothing was connected.',
  'consent-required': 'Your organisation’s IT must approve Timetether first. Ask an administrator of your Microsoft organisation to approve the app, then connect again.',
  'not-completed': 'The sign-in at Microsoft was not finished, so nothing was connected. Please try again.',
  'other-account': 'You signed in with another Microsoft account than the one that is connected here. Sign in with the same one, or connect the other one as a new account.',
};

/** What is said when one comes back from Microsoft's page without a connection. */
export function outcomeSentence(outcome: string, reason: string | null): string {
  const why = reason ? refused[reason] ?? sentence(reason) : '';
  return why || (outcome === 'declined' ? refused.declined! : 'Microsoft and Timetether could not finish the sign-in, so nothing was connected.');
}
