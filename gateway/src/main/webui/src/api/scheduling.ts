import { api, body, tag } from './client';
import { ProblemError, type Problem } from './problem';
import type {
  Appointment, AppointmentStatus, CalendarEntry, ClientPatch, Conflict, LocationPatch, Me, NewAppointment, NewClient, NewLocation, NewOrganisation, NewPerson, NewService, NewStaffMember, NewTimeOff, OrganisationPatch,
  Plan, Scope, ServicePatch, SeriesScope, StaffPatch, TimeOff, WorkingHoursRule,
} from './types';

export const getSession = () => body(api.GET('/session'));
export const getMe = async () => (await body(api.GET('/api/v1/me'))) as Me;
export const acceptInvitation = async (token: string) => (await body(api.POST('/api/v1/invitations/acceptance', { body: { token } }))) as Me;

export const getOrganisation = () => body(api.GET('/api/v1/organisation'));
export const changeOrganisation = (version: number, change: OrganisationPatch) =>
  body(api.PATCH('/api/v1/organisation', { params: { header: { 'If-Match': tag(version) } }, body: change }));
export const createOrganisation = (organisation: NewOrganisation) => body(api.POST('/api/v1/organisations', { body: organisation }));
export const listOrganisations = () => body(api.GET('/api/v1/organisations', { params: { query: { limit: 200 } } }));
export const changePlan = (id: string, plan: Plan) => body(api.PUT('/api/v1/organisations/{id}/plan', { params: { path: { id } }, body: { plan } }));

/** Those who may sign in; an operator says of which organisation. */
export const listPeople = (organisationId?: string) => body(api.GET('/api/v1/people', { params: { query: { organisationId, limit: 200 } } }));
export const invite = (person: NewPerson) => body(api.POST('/api/v1/people', { body: person }));
export const inviteAgain = (id: string) => body(api.POST('/api/v1/people/{id}/invitation', { params: { path: { id } } }));

export const listStaff = () => body(api.GET('/api/v1/staff', { params: { query: { limit: 200 } } }));
export const getStaff = (id: string) => body(api.GET('/api/v1/staff/{id}', { params: { path: { id } } }));
export const createStaff = (staff: NewStaffMember) => body(api.POST('/api/v1/staff', { body: staff }));
const versioned = ({ id, version }: { id: string; version: number }) => ({ path: { id }, header: { 'If-Match': tag(version) } });
export const changeStaff = (staff: { id: string; version: number }, change: StaffPatch) =>
  body(api.PATCH('/api/v1/staff/{id}', { params: versioned(staff), body: change }));
export const eraseStaff = async (staff: { id: string; version: number }): Promise<void> => {
  await api.DELETE('/api/v1/staff/{id}', { params: versioned(staff) });
};
export const getWorkingHours = (id: string) => body(api.GET('/api/v1/staff/{id}/working-hours', { params: { path: { id } } }));
export const replaceWorkingHours = (id: string, rules: WorkingHoursRule[]) =>
  body(api.PUT('/api/v1/staff/{id}/working-hours', { params: { path: { id } }, body: { rules } }));

export const listServices = () => body(api.GET('/api/v1/services', { params: { query: { limit: 200 } } }));
export const createService = (service: NewService) => body(api.POST('/api/v1/services', { body: service }));
export const changeService = (service: { id: string; version: number }, change: ServicePatch) =>
  body(api.PATCH('/api/v1/services/{id}', { params: versioned(service), body: change }));
export const listLocations = () => body(api.GET('/api/v1/locations', { params: { query: { limit: 200 } } }));
export const createLocation = (location: NewLocation) => body(api.POST('/api/v1/locations', { body: location }));
export const changeLocation = (location: { id: string; version: number }, change: LocationPatch) =>
  body(api.PATCH('/api/v1/locations/{id}', { params: versioned(location), body: change }));
export const listClients = (q?: string) => body(api.GET('/api/v1/clients', { params: { query: { q, limit: 100 } } }));
export const createClient = (client: NewClient) => body(api.POST('/api/v1/clients', { body: client }));

export const changeClient = (client: { id: string; version: number }, change: ClientPatch) =>
  body(api.PATCH('/api/v1/clients/{id}', { params: versioned(client), body: change }));
/** The other one's bookings become this one's, and the other one is gone. */
export const mergeClient = (into: { id: string; version: number }, other: string) =>
  body(api.POST('/api/v1/clients/{id}/merge', { params: versioned(into), body: { clientId: other } }));
export const eraseClient = async (client: { id: string; version: number }): Promise<void> => {
  await api.DELETE('/api/v1/clients/{id}', { params: versioned(client) });
};

/** Dates on which other hours hold than the week says; from today on. */
export const listHoursExceptions = (staffId: string) =>
  body(api.GET('/api/v1/staff/{id}/hours-exceptions', { params: { path: { id: staffId }, query: { limit: 200 } } }));
export const putHoursException = (staffId: string, date: string, ranges: { start: string; end: string }[]) =>
  body(api.PUT('/api/v1/staff/{id}/hours-exceptions/{date}', { params: { path: { id: staffId, date } }, body: { ranges } }));
export const deleteHoursException = async (staffId: string, date: string): Promise<void> => {
  await api.DELETE('/api/v1/staff/{id}/hours-exceptions/{date}', { params: { path: { id: staffId, date } } });
};

export const listMachineClients = () => body(api.GET('/api/v1/machine-clients', { params: { query: { limit: 200 } } }));
export const issueMachineClient = (name: string, scopes: Scope[]) => body(api.POST('/api/v1/machine-clients', { body: { name, scopes } }));
export const revokeMachineClient = async (id: string): Promise<void> => {
  await api.DELETE('/api/v1/machine-clients/{id}', { params: { path: { id } } });
};
export const listAuditEntries = (after?: string) => body(api.GET('/api/v1/audit-log', { params: { query: { limit: 50, after } } }));
export const listAppointmentHistory = (id: string) => body(api.GET('/api/v1/appointments/{id}/history', { params: { path: { id } } }));

export const getAvailability = ({ staffId, ...query }: { serviceId: string; staffId?: string; from: string; to: string; timeZone: string }) =>
  body(api.GET('/api/v1/availability', { params: { query: { ...query, staffId: staffId === undefined ? undefined : [staffId] } } }));

/** Appointments that time off overlaps; of one staff member, or of all. */
export const listConflicts = async (staffId?: string) => (await body(api.GET('/api/v1/conflicts', { params: { query: { staffId, limit: 200 } } }))) as { items: Conflict[]; next?: string | null };
export const getCalendar = async (staffId: string, from: string, to: string) =>
  (await body(api.GET('/api/v1/calendar', { params: { query: { staffId, from, to } } }))) as { items: CalendarEntry[] };
export const getEntry = async (number: number) =>
  (await body(api.GET('/api/v1/calendar-entries/{number}', { params: { path: { number } } }))) as CalendarEntry;
export const listAppointments = (query: { q?: string; from?: string; to?: string; staffId?: string }) =>
  body(api.GET('/api/v1/appointments', { params: { query } }));
export const getAppointment = (id: string) => body(api.GET('/api/v1/appointments/{id}', { params: { path: { id } } }));

export const bookAppointment = (wish: NewAppointment, idempotencyKey: string) =>
  body(api.POST('/api/v1/appointments', { params: { header: { 'Idempotency-Key': idempotencyKey } }, body: wish }));
const at = (appointment: Appointment) => ({ path: { id: appointment.id }, header: { 'If-Match': tag(appointment.version) } });
export const rescheduleAppointment = (appointment: Appointment, startAt: string) =>
  body(api.POST('/api/v1/appointments/{id}/reschedule', { params: at(appointment), body: { startAt } }));
export const cancelAppointment = (appointment: Appointment, reason?: string) =>
  body(api.POST('/api/v1/appointments/{id}/cancellation', { params: at(appointment), body: { reason } }));
export const changeStatus = (appointment: Appointment, status: AppointmentStatus) =>
  body(api.PUT('/api/v1/appointments/{id}/status', { params: at(appointment), body: { status } }));

export const getTimeOff = async (id: string): Promise<TimeOff> => body(api.GET('/api/v1/time-off/{id}', { params: { path: { id } } }));
export const createTimeOff = (timeOff: NewTimeOff) => body(api.POST('/api/v1/time-off', { body: timeOff }));
export const deleteTimeOff = async (id: string, version: number, scope?: SeriesScope): Promise<void> => {
  await api.DELETE('/api/v1/time-off/{id}', { params: { path: { id }, query: { scope }, header: { 'If-Match': tag(version) } } });
};

/**
 * Tries to change an imported entry, which the service refuses whatever is asked; its refusal names the calendar and, for
 * the calendar's owner, the event's address in Outlook.
 */
export async function attemptExternalChange(id: string): Promise<NonNullable<Problem['source']>> {
  try {
    await api.PATCH('/api/v1/time-off/{id}', { params: { path: { id }, header: { 'If-Match': tag(1) } }, body: {} });
  } catch (error) {
    if (error instanceof ProblemError && error.slug === 'external-entry-read-only') return error.problem.source ?? {};
    throw error;
  }
  return {};
}
