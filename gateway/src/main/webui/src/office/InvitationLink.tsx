import { Alert, Text } from '@mantine/core';
import { IconMailForward } from '@tabler/icons-react';
import type { Person } from '../api/types';
import { dateTime } from '../time/format';
import { browserZone } from '../time/zones';
import { CopyLink } from '../ui/CopyLink';

/** What somebody who was invited has to open; shown once, because only its hash is kept. */
export function InvitationLink({ person }: { person: Pick<Person, 'name' | 'email' | 'invitation'> }) {
  if (!person.invitation) return null;
  const { token, expiresAt } = person.invitation;
  return (
    <Alert color="tether" role="status" icon={<IconMailForward size={20} aria-hidden />} title={`${person.name} is invited`}>
      <Text size="sm" mb="sm">
        Send this link to {person.email}. Whoever opens it signs in and takes the place, once, until {dateTime(expiresAt, browserZone())}. It is shown only now.
      </Text>
      <CopyLink label="Invitation" link={`${window.location.origin}/invitation?token=${encodeURIComponent(token)}`} />
    </Alert>
  );
}
