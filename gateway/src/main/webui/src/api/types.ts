import type { components } from '#openapi/scheduling';

/** What the committed API documents say, under the names that the app uses; narrowed where a document is looser. */
type Scheduling = components['schemas'];

export interface Page<T> { items: T[]; next?: string | null }

export interface Session { signedIn: boolean; name: string | null }

export type Role = Scheduling['Role'];
export type Plan = Scheduling['Plan'];
export type Me = Omit<Scheduling['Me'], 'role' | 'organisation'> & {
  role: Role;
  organisation?: (Omit<Scheduling['MeOrganisation'], 'plan'> & { plan: Plan }) | null;
};

export type Organisation = Scheduling['Organisation'];
export type OrganisationPatch = Scheduling['OrganisationPatch'];
export type StaffMember = Scheduling['StaffMember'];
export type NewStaffMember = Scheduling['NewStaffMember'];
export type WorkingHoursRule = Scheduling['HoursRule'];
export type Service = Scheduling['Service'];
export type NewService = Scheduling['NewService'];
export type Client = Scheduling['Client'];
export type NewClient = Scheduling['NewClient'];

export type AppointmentStatus = Scheduling['AppointmentStatus'];
export type Appointment = Scheduling['Appointment'];
export type NewAppointment = Scheduling['NewAppointment'];

export type CalendarEntry = Omit<Scheduling['CalendarItem'], 'status' | 'source'> & {
  status: AppointmentStatus | null;
  source: 'MANUAL' | 'EXTERNAL' | null;
};
/** With `origin`: where an external entry comes from; the link is for the calendar's owner only. */
export type TimeOff = Scheduling['TimeOff'] & {
  origin?: { feedId: string; calendarName: string | null; webLink?: string | null } | null;
};
export type NewTimeOff = Scheduling['NewTimeOff'];

export type Slot = Scheduling['Slot'];
/** Availability as the app needs it: the public one says nothing about freshness. */
export type Availability = Pick<Scheduling['Slots'], 'timeZone' | 'slots'> & Partial<Pick<Scheduling['Slots'], 'calendarFreshness'>>;

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
