import { call } from './client';
import { ProblemError, type Problem } from './problem';
import type {
  Appointment, AppointmentStatus, Availability, CalendarEntry, Client, Conflict, Me, Organisation, Page, Plan, Service, Session, StaffMember, TimeOff, WorkingHoursRule,
} from './types';

export const getSession = () => call<Session>('GET', '/session');
export const getMe = () => call<Me>('GET', '/api/v1/me');
export const acceptInvitation = (token: string) => call<Me>('POST', '/api/v1/invitations/acceptance', { body: { token } });

export const getOrganisation = () => call<Organisation>('GET', '/api/v1/organisation');
export const changeOrganisation = (version: number, change: Partial<Organisation>) =>
  call<Organisation>('PATCH', '/api/v1/organisation', { body: change, version });
export const listOrganisations = () => call<Page<Organisation>>('GET', '/api/v1/organisations', { query: { limit: 200 } });
export const changePlan = (id: string, plan: Plan) => call<Organisation>('PUT', `/api/v1/organisations/${id}/plan`, { body: { plan } });

export const listStaff = () => call<Page<StaffMember>>('GET', '/api/v1/staff', { query: { limit: 200 } });
export const getStaff = (id: string) => call<StaffMember>('GET', `/api/v1/staff/${id}`);
export const createStaff = (staff: { name: string; email: string; timeZone?: string }) => call<StaffMember>('POST', '/api/v1/staff', { body: staff });
export const getWorkingHours = (id: string) => call<{ rules: WorkingHoursRule[] }>('GET', `/api/v1/staff/${id}/working-hours`);
export const replaceWorkingHours = (id: string, rules: WorkingHoursRule[]) =>
  call<{ rules: WorkingHoursRule[] }>('PUT', `/api/v1/staff/${id}/working-hours`, { body: { rules } });

export const listServices = () => call<Page<Service>>('GET', '/api/v1/services', { query: { limit: 200 } });
export const createService = (service: Partial<Service>) => call<Service>('POST', '/api/v1/services', { body: service });
export const listClients = (q?: string) => call<Page<Client>>('GET', '/api/v1/clients', { query: { q, limit: 100 } });
export const createClient = (client: { name: string; email?: string; phone?: string }) => call<Client>('POST', '/api/v1/clients', { body: client });

export const getAvailability = (query: { serviceId: string; staffId?: string; from: string; to: string; timeZone: string }) =>
  call<Availability>('GET', '/api/v1/availability', { query });

/** Appointments that an imported event overlaps. */
export const listConflicts = () => call<Page<Conflict>>('GET', '/api/v1/conflicts');

export const getCalendar = (staffId: string, from: string, to: string) =>
  call<{ items: CalendarEntry[] }>('GET', '/api/v1/calendar', { query: { staffId, from, to } });
export const getEntry = (number: number) => call<CalendarEntry>('GET', `/api/v1/calendar-entries/${number}`);
export const listAppointments = (query: { q?: string; from?: string; to?: string; staffId?: string }) =>
  call<Page<Appointment>>('GET', '/api/v1/appointments', { query });
export const getAppointment = (id: string) => call<Appointment>('GET', `/api/v1/appointments/${id}`);

export interface NewAppointment {
  serviceId: string; staffId: string; startAt: string; note?: string; overrideTimeOff?: boolean;
  attendees: ({ clientId: string } | { name: string; email?: string; phone?: string })[];
}
export const bookAppointment = (wish: NewAppointment, idempotencyKey: string) =>
  call<Appointment>('POST', '/api/v1/appointments', { body: wish, idempotencyKey });
export const rescheduleAppointment = (appointment: Appointment, startAt: string) =>
  call<Appointment>('POST', `/api/v1/appointments/${appointment.id}/reschedule`, { body: { startAt }, version: appointment.version });
export const cancelAppointment = (appointment: Appointment, reason?: string) =>
  call<Appointment>('POST', `/api/v1/appointments/${appointment.id}/cancellation`, { body: reason ? { reason } : {}, version: appointment.version });
export const changeStatus = (appointment: Appointment, status: AppointmentStatus) =>
  call<Appointment>('PUT', `/api/v1/appointments/${appointment.id}/status`, { body: { status }, version: appointment.version });

export const getTimeOff = (id: string) => call<TimeOff>('GET', `/api/v1/time-off/${id}`);
export const createTimeOff = (timeOff: { staffId: string; title: string } & ({ startAt: string; endAt: string } | { startDate: string; endDate: string })) =>
  call<TimeOff>('POST', '/api/v1/time-off', { body: timeOff });
export const deleteTimeOff = (id: string, version: number) => call<void>('DELETE', `/api/v1/time-off/${id}`, { version });

/**
 * Tries to change an imported entry, which the service refuses whatever is asked; its refusal names the calendar and, for
 * the calendar's owner, the event's address in Outlook.
 */
export async function attemptExternalChange(id: string): Promise<NonNullable<Problem['source']>> {
  try {
    await call('PATCH', `/api/v1/time-off/${id}`, { body: {} });
  } catch (error) {
    if (error instanceof ProblemError && error.slug === 'external-entry-read-only') return error.problem.source ?? {};
    throw error;
  }
  return {};
}
