import type { components } from '#openapi/gateway';

/** What the committed API document says, under the names that the app uses; narrowed where the document is looser. */
type Api = components['schemas'];

export interface Page<T> { items: T[]; next?: string | null }

export type Session = Api['BrowserSession'];

export type Role = Api['Role'];
export type Plan = Api['Plan'];
export type Me = Omit<Api['Me'], 'role' | 'organisation'> & {
  role: Role;
  organisation?: (Omit<Api['MeOrganisation'], 'plan'> & { plan: Plan }) | null;
};

export type Organisation = Api['Organisation'];
export type OrganisationPatch = Api['OrganisationPatch'];
export type NewOrganisation = Api['NewOrganisation'];
export type Person = Api['Person'];
export type NewPerson = Api['NewPerson'];
export type StaffMember = Api['StaffMember'];
export type NewStaffMember = Api['NewStaffMember'];
export type StaffPatch = Api['StaffPatch'];
export type WorkingHoursRule = Api['HoursRule'];
export type Service = Api['Service'];
export type NewService = Api['NewService'];
export type ServicePatch = Api['ServicePatch'];
export type Client = Api['Client'];
export type NewClient = Api['NewClient'];
export type ClientPatch = Api['ClientPatch'];
export type Location = Api['Location'];
export type NewLocation = Api['NewLocation'];
export type LocationPatch = Api['LocationPatch'];
export type HoursException = Api['HoursException'];
export type MachineClient = Api['MachineClient'];
export type IssuedMachineClient = Api['IssuedMachineClient'];
export type Scope = Api['Scope'];
export type AuditEntry = Api['AuditEntry'];
export type CalendarAuditEntry = Api['CalendarAuditEntry'];

export type AppointmentStatus = Api['AppointmentStatus'];
export type Appointment = Api['Appointment'];
export type NewAppointment = Api['NewAppointment'];

export type CalendarEntry = Omit<Api['CalendarItem'], 'status' | 'source'> & {
  status: AppointmentStatus | null;
  source: 'MANUAL' | 'EXTERNAL' | null;
};
export type SeriesScope = Api['SeriesScope'];
export type Repetition = Api['Repetition'];
export type Conflict = Omit<Api['Conflict'], 'appointment' | 'timeOff'> & { appointment: CalendarEntry; timeOff: CalendarEntry };
export type HistoryEntry = Api['HistoryEntry'];
/** With `origin`: where an external entry comes from; the link is for the calendar's owner only. */
export type TimeOff = Api['TimeOff'] & {
  origin?: { feedId: string; calendarName: string | null; webLink?: string | null } | null;
};
export type NewTimeOff = Api['NewTimeOff'];

export type PublicService = Api['PublicService'];
export type PublicStaffMember = Api['PublicStaffMember'];
export type PublicAppointment = Api['PublicAppointment'];
export type NewPublicAppointment = Api['NewPublicAppointment'];

export type Slot = Api['Slot'];
/** Availability as the app needs it: the public one says nothing about freshness. */
export type Availability = Pick<Api['Slots'], 'timeZone' | 'slots'> & Partial<Pick<Api['Slots'], 'calendarFreshness'>>;

export type Provider = Api['CalendarProvider'];
export type Connection = Api['CalendarConnection'];
export type Feed = Api['SyncFeed'];
export type FeedProgress = Api['FeedProgress'];
export type FeedItem = Api['FeedItem'];
export type FeedSettings = Api['FeedSettings'];
export type SyncRun = Api['SyncRun'];
export type RemainingEvent = Api['RemainingEvent'];
export type EventPreview = Api['EventPreview'];
export type ShowAs = Api['ShowAs'];
export type OutsideEdits = Api['OutsideEdits'];
export type WrittenEvents = Api['WrittenEvents'];
