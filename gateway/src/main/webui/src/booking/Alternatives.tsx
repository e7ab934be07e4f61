import { Button, Group, Text } from '@mantine/core';
import { asProblem } from '../api/problem';
import { clock, longDate } from '../time/format';
import { ProblemNotice } from '../ui/ProblemNotice';

export interface Alternative { startAt: string; staffId: string }

/** Why a time was refused, and the next free ones instead. */
export function Alternatives({ error, zone, choose, other }: { error: unknown; zone: string; choose: (alternative: Alternative) => void; other: () => void }) {
  if (!error) return null;
  const { status, alternatives = [] } = asProblem(error);
  return (
    <ProblemNotice error={error}>
      {alternatives.length > 0 && <Text size="sm" mt="xs" fw={600}>Still free:</Text>}
      {status === 409 && (
        <Group gap="xs" mt={6}>
          {alternatives.map((each) => (
            <Button key={each.startAt} variant="default" mih={44} onClick={() => choose(each)}>{longDate(each.startAt, zone)}, {clock(each.startAt, zone)}</Button>
          ))}
          <Button variant="default" mih={44} onClick={other}>Choose another time</Button>
        </Group>
      )}
    </ProblemNotice>
  );
}
