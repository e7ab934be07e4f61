import { Alert, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { CopyLink } from '../ui/CopyLink';

/** What to do when Microsoft lets nobody connect before an administrator there has approved the application. */
export function AdminConsent({ link }: { link: string }) {
  return (
    <Alert color="orange" role="alert" icon={<IconShieldCheck size={20} aria-hidden />} title="Your IT must approve Timetether first">
      <Text size="sm" mb="sm">
        Microsoft asks an administrator of your Microsoft organisation to approve Timetether, once for everybody. Send them this link; when they have approved, connect again.
      </Text>
      <CopyLink label="For the administrator" link={link} words="Microsoft’s page for approving Timetether" />
    </Alert>
  );
}
