import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { browserZone } from '../time/zones';

/** Chooses a time zone by its IANA name; one that this browser does not list stays choosable while it is the value. */
export function ZoneSelect({ value, onChange, description }: { value: string; onChange: (zone: string) => void; description?: string }) {
  const zones = useMemo(() => [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', browserZone(), value])].filter(Boolean).sort(), [value]);
  return (
    <Select label="Time zone" required description={description} data={zones} searchable limit={60} allowDeselect={false} nothingFoundMessage="No time zone has this name"
      value={value} onChange={(zone) => { if (zone) onChange(zone); }} />
  );
}
