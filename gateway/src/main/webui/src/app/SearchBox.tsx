import { Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { asProblem, ProblemError } from '../api/problem';
import { getEntry, listAppointments } from '../api/scheduling';
import { range } from '../time/format';
import { useMe, zoneOf } from './identity';

interface Found { number: number; title: string; when: string }

/** "#1042" or "1042" is a number; anything else is looked for in names and notes. */
export function numberIn(text: string): number | null {
  const match = /^\s*#?\s*(\d{1,15})\s*$/.exec(text);
  return match ? Number(match[1]) : null;
}

/** Finds an entry by its number (appointments and time off share one sequence), or appointments by words. */
export function SearchBox() {
  const zone = zoneOf(useMe());
  const navigate = useNavigate();
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 250);
  const number = numberIn(wanted);

  const search = useQuery({
    queryKey: ['search', wanted],
    enabled: number !== null || wanted.length >= 2,
    queryFn: async (): Promise<Found[]> => {
      if (number !== null) {
        try {
          const entry = await getEntry(number);
          return [{ number: entry.number, title: entry.title, when: range(entry.startAt, entry.endAt, zone, entry.allDay) }];
        } catch (error) {
          if (error instanceof ProblemError && error.problem.status === 404) return [];
          throw error;
        }
      }
      const page = await listAppointments({ q: wanted });
      return page.items.slice(0, 8).map((found) => ({
        number: found.number,
        title: `${found.service.name} – ${found.attendees.map((person) => person.name).join(', ')}`,
        when: range(found.startAt, found.endAt, zone),
      }));
    },
  });

  const go = (to: string) => {
    setText('');
    box.closeDropdown();
    void navigate(`/appointments?entry=${to}`);
  };
  const nothing = number !== null ? `No entry has the number ${number}.` : `Nothing found for “${wanted}”.`;

  return (
    <Combobox store={box} onOptionSubmit={go} withinPortal shadow="md" width={340} position="bottom-end">
      <Combobox.Target>
        <TextInput
          className="tt-search" w={{ base: '100%', sm: 230 }} maw={{ base: 200, sm: 230 }} miw={90}
          value={text} placeholder="Number or name" aria-label="Search by number or name"
          leftSection={<IconSearch size={16} aria-hidden />} rightSection={search.isFetching ? <Loader size={14} /> : null}
          onChange={(event) => { setText(event.currentTarget.value); box.openDropdown(); box.updateSelectedOptionIndex(); }}
          onFocus={() => box.openDropdown()} onBlur={() => box.closeDropdown()}
          onKeyDown={(event) => {
            const first = search.data?.[0];
            if (event.key === 'Enter' && box.getSelectedOptionIndex() === -1 && first && wanted === text.trim()) {
              event.preventDefault();
              go(String(first.number));
            }
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={wanted === '' || (number === null && wanted.length < 2)}>
        <div role="status">
          {search.error && <Combobox.Empty>{asProblem(search.error).title}</Combobox.Empty>}
          {search.data?.length === 0 && <Combobox.Empty>{nothing}</Combobox.Empty>}
          {search.isFetching && !search.data && <Combobox.Empty>Searching…</Combobox.Empty>}
        </div>
        {search.data && search.data.length > 0 && (
          <Combobox.Options aria-label="Found">
            {search.data.map((found) => (
              <Combobox.Option key={found.number} value={String(found.number)}>
                <Text size="sm" fw={600}><Text span c="gray.6" fw={500}>#{found.number}</Text> {found.title}</Text>
                <Text size="xs" c="gray.6">{found.when}</Text>
              </Combobox.Option>
            ))}
          </Combobox.Options>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}
