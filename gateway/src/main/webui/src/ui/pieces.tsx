import { Anchor, Box, Group, Loader, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';

/** A page's heading; also names the browser's tab. */
export function PageTitle({ children, aside, subtitle, back }: { children: string; aside?: ReactNode; subtitle?: ReactNode; /** The page above this one. */ back?: { to: string; label: string } }) {
  useDocumentTitle(children);
  return (
    <Box mb="lg">
      {back && <Anchor component={Link} to={back.to} size="sm" display="inline-block" mb={6}>← {back.label}</Anchor>}
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Title order={1} fz={{ base: 23, sm: 27 }} lts="-0.02em" miw={0} style={{ overflowWrap: 'anywhere' }}>{children}</Title>
        {aside && <Box flex="none">{aside}</Box>}
      </Group>
      {subtitle && <Text c="gray.6" size="sm" mt={3}>{subtitle}</Text>}
    </Box>
  );
}

export function useDocumentTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · Timetether`;
  }, [title]);
}

export function Waiting({ what = 'Loading' }: { what?: string }) {
  return (
    <Group justify="center" p="xl" gap="sm" role="status">
      <Loader size="sm" type="dots" />
      <Text size="sm" c="gray.6">{what}…</Text>
    </Group>
  );
}

export function Empty({ title, children, icon, action }: { title: string; children?: ReactNode; icon?: ReactNode; action?: ReactNode }) {
  return (
    <Stack align="center" gap={6} py={44} px="lg" ta="center">
      {icon && <ThemeIcon size={48} radius="xl" variant="light" color="gray" mb={6} aria-hidden>{icon}</ThemeIcon>}
      <Text fw={600}>{title}</Text>
      {children && <Text size="sm" c="gray.6" maw={440}>{children}</Text>}
      {action && <Box mt="sm">{action}</Box>}
    </Stack>
  );
}

/** Tick or red cross, never by colour alone: the word stands beside it. */
export function LoadedMark({ loaded }: { loaded: boolean }) {
  return (
    <Group gap={6} wrap="nowrap" component="span" display="inline-flex" c={loaded ? '#1a6b3c' : '#b3261e'} fw={600}>
      {loaded ? <IconCheck size={17} stroke={2.6} aria-hidden /> : <IconX size={17} stroke={2.6} aria-hidden />}
      <span>{loaded ? 'Loaded' : 'Not loaded'}</span>
    </Group>
  );
}

/** Label and value, for details. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box>
      <Text size="xs" fw={600} c="gray.6" component="dt">{label}</Text>
      <Text size="sm" component="dd" m={0} mt={2}>{children}</Text>
    </Box>
  );
}

export function Brand({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="8" fill="#0f5f57" />
      <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
        <rect x="5.5" y="10" width="11.5" height="12" rx="6" />
        <rect x="15" y="10" width="11.5" height="12" rx="6" stroke="#8fe0d2" />
      </g>
    </svg>
  );
}
