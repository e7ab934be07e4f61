export interface Page<T> { items: T[]; next: string | null }

export interface Session { signedIn: boolean; name: string | null }

export type Role = 'OPERATOR' | 'ADMIN' | 'STAFF';
export type Plan = 'STARTER' | 'PROFESSIONAL' | 'BUSINESS';

export interface Me {
  personId: string;
  name: string;
  email: string | null;
  role: Role;
  organisation: { id: string; name: string; slug: string; plan: Plan; timeZone: string } | null;
  staffMember: { id: string; name: string; timeZone: string } | null;
}

export interface Organisation {
  id: string; name: string; slug: string; plan: Plan; timeZone: string; outboundPrefix?: string; stalePolicy?: string; version: number;
}

export interface StaffMember { id: string; name: string; email: string | null; timeZone: string; active: boolean; version: number }
export interface WorkingHoursRule { dayOfWeek: string; start: string; end: string }

export interface Service {
  id: string; name: string; durationMinutes: number; bufferBeforeMinutes?: number; bufferAfterMinutes?: number;
  needsConfirmation?: boolean; staffIds?: string[]; version?: number;
}
export interface Client { id: string; name: string; email: string | null; phone: string | null }

export type AppointmentStatus = 'PENDING' | 'OPEN' | 'CONFIRMED' | 'CHECKED_IN' | 'IN_PROGRESS' | 'COMPLETED' | 'NO_SHOW' | 'CANCELLED';

export interface Attendee { clientId: string | null; name: string; email: string | null; phone: string | null; status?: string }

export interface Appointment {
  id: string; number: number; status: AppointmentStatus; startAt: string; endAt: string; staffId: string;
  service: { id: string; name: string }; location: { id: string; name: string } | null;
  attendees: Attendee[]; note: string | null; version: number; createdAt?: string; updatedAt?: string;
}

export interface CalendarEntry {
  kind: 'APPOINTMENT' | 'TIME_OFF';
  number: number; id: string; staffId: string; title: string;
  startAt: string; endAt: string; allDay: boolean;
  status: AppointmentStatus | null;
  source: 'MANUAL' | 'EXTERNAL' | null;
  stale: boolean;
}

export interface TimeOff {
  id: string; number: number; staffId: string; title: string; startAt: string; endAt: string; startDate: string | null; endDate: string | null;
  source: 'MANUAL' | 'EXTERNAL';
  /** Where an external entry comes from; the link is for the calendar's owner only. */
  origin?: { feedId: string; calendarName: string | null; webLink?: string | null } | null;
  version: number;
}

export interface Slot { startAt: string; endAt: string; staffIds: string[] }
export interface Freshness { staffId: string; feedId: string; confirmedAt: string | null; knownFrom: string | null; knownUntil: string | null; stale: boolean }
export interface Availability { timeZone: string; slots: Slot[]; calendarFreshness?: Freshness[] }

export interface Conflict { appointment: CalendarEntry; timeOff: CalendarEntry }

export interface Provider { id: string; name: string; available: boolean; unavailable: { code: string; text: string } | null }

export type ConnectionState = 'PENDING' | 'ACTIVE' | 'RECONNECT_REQUIRED' | 'PARKED' | 'STOPPING' | 'STOPPED';
export interface Connection {
  id: string; staffId: string; provider: string; account: { address: string | null; name: string | null } | null;
  state: ConnectionState; reason: string | null; remedy: string | null; createdAt: string; lastRefreshedAt: string | null;
  version: number; authorizationUrl?: string | null;
}

export type FeedState = 'FIRST_SYNC' | 'ACTIVE' | 'PAUSED' | 'HELD' | 'PARKED' | 'STOPPED';
export interface FeedProgress { phase: string; processed: number; loaded: number; rejected: number; finishedAt: string | null }
export interface Feed {
  id: string; staffId: string; connectionId: string;
  calendar: { id: string; name: string; owner: string | null; canEdit: boolean; isDefault: boolean };
  reading: boolean; writing: boolean; state: FeedState; reason: string | null; remedy: string | null;
  lastSyncedAt: string | null; progress: FeedProgress | null; version: number;
  settings: FeedSettings;
  notifications?: { active: boolean; problem: string | null };
  writingProblem?: string | null;
}
export type ShowAs = 'BUSY' | 'OOF' | 'TENTATIVE' | 'FREE' | 'WORKING_ELSEWHERE' | 'UNKNOWN';
export type BlockPolicy = 'BLOCK' | 'IGNORE';
export type OutsideEdits = 'RESTORE' | 'APPLY' | 'REPORT';
export interface FeedSettings {
  showAs: Partial<Record<ShowAs, BlockPolicy>>;
  allDay: BlockPolicy;
  hideSubjects: boolean;
  shareSubjects: boolean;
  outsideEdits: OutsideEdits;
  titleTemplate: string | null;
  bodyTemplate: string | null;
  showClients: boolean | null;
  showLocation: boolean;
  eventShowAs: ShowAs;
  sensitivity: string;
  reminderMinutes: number | null;
  statuses: AppointmentStatus[] | null;
  serviceIds: string[] | null;
  locationIds: string[] | null;
}
export interface FeedItem {
  number: number | null; startsAt: string | null; endsAt: string | null; allDay: boolean; subject: string | null;
  loaded: boolean; reasonCode: string | null; info: string | null; lastModifiedAt: string | null; processedAt: string;
}
export interface FeedItems extends Page<FeedItem> { timeZone: string }
export interface RemoteCalendar { id: string; name: string; owner: string | null; canEdit: boolean; isDefault: boolean }
export type WrittenEvents = 'KEEP' | 'REMOVE';
export interface Removal { state: string; total: number; removed: number; remaining: number }
