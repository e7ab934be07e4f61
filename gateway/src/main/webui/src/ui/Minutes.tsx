import { Select } from '@mantine/core';
import { duration } from '../time/format';

interface Props {
  label: string;
  description?: string;
  /** What the service knows; it is offered even when it is none of the usual ones. */
  value: number;
  usual: number[];
  /** How no time at all is called. */
  none: string;
  onChange: (minutes: number) => void;
  error?: string;
}

/** Chooses a span before an appointment, in words that people use: "30 min", "2 h", "1 day". */
export function Minutes({ label, description, value, usual, none, onChange, error }: Props) {
  const choices = [...new Set([...usual, value])].sort((a, b) => a - b);
  return (
    <Select label={label} description={description} error={error} allowDeselect={false} value={String(value)}
      data={choices.map((minutes) => ({ value: String(minutes), label: minutes === 0 ? none : duration(minutes) }))}
      onChange={(chosen) => { if (chosen !== null) onChange(Number(chosen)); }} />
  );
}

export const beforehand = [0, 60, 120, 240, 720, 1440, 2880, 4320, 10080];
