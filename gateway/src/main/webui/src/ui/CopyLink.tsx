import { Anchor, Button, CopyButton, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconLink } from '@tabler/icons-react';

/** A link with a button that copies it; says so when it has. */
export function CopyLink({ label, link, words = link }: { label: string; link: string; /** Instead of an address that nobody would read. */ words?: string }) {
  return (
    <Group gap="sm">
      <Group gap="sm" wrap="nowrap" maw="100%">
        <IconLink size={18} aria-hidden style={{ flex: 'none' }} />
        <Text size="sm" miw={0} style={{ overflowWrap: 'anywhere' }}>{label}: <Anchor size="sm" href={link} target="_blank" rel="noopener">{words}</Anchor></Text>
      </Group>
      <CopyButton value={link} timeout={3000}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="default" onClick={copy} leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}>
            <span aria-live="polite">{copied ? 'Copied' : 'Copy the link'}</span>
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
