import { call } from './call';
import type { Availability, Page } from './types';

export interface PublicOrganisation { name: string; slug: string; timeZone: string }
export interface PublicService { id: string; name: string; durationMinutes: number; needsConfirmation?: boolean; staffIds?: string[] }
export interface PublicStaff { id: string; name: string }
export interface PublicBooking {
  number?: number; status?: string; startAt: string; endAt: string; managementLink?: string | null; service?: { name: string }; staff?: { name: string } | null;
}

const at = (slug: string) => `/api/v1/public/organisations/${encodeURIComponent(slug)}`;

export const getPublicOrganisation = (slug: string) => call<PublicOrganisation>('GET', at(slug));
export const listPublicServices = (slug: string) => call<Page<PublicService>>('GET', `${at(slug)}/services`);
export const listPublicStaff = (slug: string) => call<Page<PublicStaff>>('GET', `${at(slug)}/staff`);
export const getPublicAvailability = (slug: string, query: { serviceId: string; staffId?: string; from: string; to: string; timeZone: string }) =>
  call<Availability>('GET', `${at(slug)}/availability`, { query });
export const bookPublicly = (slug: string, wish: { serviceId: string; staffId?: string; startAt: string; name: string; email: string; phone?: string; note?: string }, idempotencyKey: string) =>
  call<PublicBooking>('POST', `${at(slug)}/appointments`, { body: wish, idempotencyKey });
