import { expect, it } from 'vitest';
import { actionWords } from './AuditLog';

it('says what an entry of the audit log means, and shows as it is what it does not know', () => {
  expect([actionWords('STAFF_CHANGED'), actionWords('MACHINE_CLIENT_REVOKED'), actionWords('TIME_OFF_REMOVED'), actionWords('SOMETHING_NEW_DONE')])
    .toEqual(['Staff member changed', 'Program revoked', 'Time off removed', 'Something new done']);
});
