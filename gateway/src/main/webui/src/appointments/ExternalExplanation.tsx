import { Alert, Anchor, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';

/** Why an imported event cannot be changed here, and where it can. */
export function ExternalExplanation({ calendarName, webLink, own }: { calendarName?: string | null; webLink?: string | null; own: boolean }) {
  return (
    <Alert role="alert" color="violet" icon={<IconLock size={20} aria-hidden />} title="You cannot make changes to this entry here">
      <Text size="sm">
        It comes from the Office 365 calendar{calendarName ? ` “${calendarName}”` : ''}, so it can only be changed there; the change then arrives here by itself.
        {!own && ' Only the owner of that calendar can open it.'}
      </Text>
      {safeLink(webLink) && <Anchor size="sm" fw={600} mt={6} display="inline-block" href={webLink!} target="_blank" rel="noopener noreferrer">Open it in Outlook</Anchor>}
    </Alert>
  );
}

/** A link that came from outside is followed only when it is a web address. */
export function safeLink(link: string | null | undefined): boolean {
  return typeof link === 'string' && /^https?:\/\//i.test(link);
}
