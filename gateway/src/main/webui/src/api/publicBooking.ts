import { api, body, tag } from './client';
import type { NewPublicAppointment } from './types';

const at = (slug: string) => ({ path: { slug } });

export const getPublicOrganisation = (slug: string) => body(api.GET('/api/v1/public/organisations/{slug}', { params: at(slug) }));
export const listPublicServices = (slug: string) =>
  body(api.GET('/api/v1/public/organisations/{slug}/services', { params: { ...at(slug), query: { limit: 200 } } }));
export const listPublicStaff = (slug: string) =>
  body(api.GET('/api/v1/public/organisations/{slug}/staff', { params: { ...at(slug), query: { limit: 200 } } }));
export const listPublicSlots = (slug: string, query: { serviceId: string; staffId?: string; from: string; to: string; timeZone: string }) =>
  body(api.GET('/api/v1/public/organisations/{slug}/availability', { params: { ...at(slug), query } }));
export const bookPublicly = (slug: string, wish: NewPublicAppointment, idempotencyKey: string) =>
  body(api.POST('/api/v1/public/organisations/{slug}/appointments', { params: { ...at(slug), header: { 'Idempotency-Key': idempotencyKey } }, body: wish }));

/** A link as a client holds it: whose page, and the secret that opens one booking there. */
export interface ManagementLink { slug: string; token: string }

export const getOwnAppointment = ({ slug, token }: ManagementLink) =>
  body(api.GET('/api/v1/public/organisations/{slug}/appointments/{token}', { params: { path: { slug, token } } }));
export const moveOwnAppointment = ({ slug, token }: ManagementLink, version: number, move: { startAt: string; staffId?: string }) =>
  body(api.POST('/api/v1/public/organisations/{slug}/appointments/{token}/reschedule', {
    params: { path: { slug, token }, header: { 'If-Match': tag(version) } }, body: move,
  }));
export const cancelOwnAppointment = ({ slug, token }: ManagementLink, version: number, reason?: string) =>
  body(api.POST('/api/v1/public/organisations/{slug}/appointments/{token}/cancellation', {
    params: { path: { slug, token }, header: { 'If-Match': tag(version) } }, body: { reason },
  }));
