import { Alert, Anchor, Button, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { asProblem, remedyLink } from '../api/problem';

/** A refusal in words: what happened, which fields, and where it says what to do. Announced when it appears. */
export function ProblemNotice({ error, retry, children }: { error: unknown; retry?: () => void; children?: ReactNode }) {
  if (!error) return null;
  const problem = asProblem(error);
  const remedy = remedyLink(problem);
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} aria-hidden />} title={problem.title} variant="light"
      styles={{ title: { color: '#a51111' } }}>
      {/* Where the fields say what is wrong, the detail would say it a second time. */}
      {problem.detail && !problem.violations?.length && <Text size="sm">{problem.detail}</Text>}
      {problem.violations && problem.violations.length > 0 && (
        <List size="sm" mt={6}>
          {problem.violations.map(({ field, message }) => <List.Item key={field + message}><b>{field}</b>: {message}</List.Item>)}
        </List>
      )}
      {children}
      {(remedy || retry) && (
        <Group gap="md" mt="xs">
          {retry && <Button size="compact-sm" variant="default" onClick={retry}>Try again</Button>}
          {remedy && <Anchor size="sm" href={remedy} target="_blank" rel="noopener">What to do about this</Anchor>}
        </Group>
      )}
    </Alert>
  );
}
