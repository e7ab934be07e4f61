import type { AppointmentStatus, Plan, Role } from '../api/types';

export const planWords: Record<Plan, string> = { STARTER: 'Starter', PROFESSIONAL: 'Professional', BUSINESS: 'Business' };

export const roleWords: Record<Role, string> = { OPERATOR: 'Operator of this installation', ADMIN: 'Administrator', STAFF: 'Staff member' };

export const statusWords: Record<AppointmentStatus, { label: string; colour: string }> = {
  PENDING: { label: 'Awaiting confirmation', colour: 'orange' },
  OPEN: { label: 'Open', colour: 'blue' },
  CONFIRMED: { label: 'Confirmed', colour: 'tether' },
  CHECKED_IN: { label: 'Checked in', colour: 'grape' },
  IN_PROGRESS: { label: 'In progress', colour: 'grape' },
  COMPLETED: { label: 'Completed', colour: 'gray' },
  NO_SHOW: { label: 'Did not come', colour: 'red' },
  CANCELLED: { label: 'Cancelled', colour: 'gray' },
};

/** Which status an appointment may take next; cancelling has its own window. */
export const nextStatuses: Record<AppointmentStatus, { to: AppointmentStatus; label: string }[]> = {
  PENDING: [{ to: 'CONFIRMED', label: 'Confirm' }],
  OPEN: [{ to: 'CONFIRMED', label: 'Confirm' }, { to: 'CHECKED_IN', label: 'Check in' }, { to: 'NO_SHOW', label: 'Did not come' }],
  CONFIRMED: [{ to: 'CHECKED_IN', label: 'Check in' }, { to: 'NO_SHOW', label: 'Did not come' }],
  CHECKED_IN: [{ to: 'IN_PROGRESS', label: 'Start' }, { to: 'COMPLETED', label: 'Complete' }],
  IN_PROGRESS: [{ to: 'COMPLETED', label: 'Complete' }],
  COMPLETED: [],
  NO_SHOW: [{ to: 'CHECKED_IN', label: 'Came after all' }],
  CANCELLED: [],
};
