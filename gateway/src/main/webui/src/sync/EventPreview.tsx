import { Badge, Group, Loader, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { previewFeed } from '../api/calendarSync';
import type { Feed, FeedSettings } from '../api/types';
import { range, zoneName } from '../time/format';
import { useStaffMember } from '../appointments/useStaffZone';
import { ProblemNotice } from '../ui/ProblemNotice';

const sensitivity = { NORMAL: null, PERSONAL: 'Personal', PRIVATE: 'Private', CONFIDENTIAL: 'Confidential' } as const;

/** How the next appointment would stand in Office 365 with these settings; nothing is written. */
export function EventPreview({ feed, change }: { feed: Feed; change: Partial<FeedSettings> | undefined }) {
  const [wanted] = useDebouncedValue(JSON.stringify(change ?? {}), 400);
  const preview = useQuery({ queryKey: ['preview', feed.id, wanted], queryFn: () => previewFeed(feed.id, JSON.parse(wanted) as Partial<FeedSettings>), placeholderData: keepPreviousData, retry: false });
  const { zone } = useStaffMember(feed.staffId);
  const event = preview.data;
  return (
    <section aria-label="Preview" aria-live="polite">
      <Group gap="xs" mb={6}>
        <Text size="sm" fw={600}>How it will look in Office 365</Text>
        {preview.isFetching && <Loader size={12} aria-label="Loading the preview" />}
      </Group>
      <ProblemNotice error={preview.error} retry={() => { void preview.refetch(); }} />
      {event && !preview.error && (
        <div className="tt-preview">
          <Text fw={600} size="sm" style={{ overflowWrap: 'anywhere' }}>{event.title}</Text>
          <Text size="xs" c="gray.7" mt={2}>{range(event.startAt, event.endAt, zone)}{event.location ? ` · ${event.location}` : ''}</Text>
          <Text size="xs" c="gray.7" mt={6} style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{plain(event.bodyHtml)}</Text>
          <Group gap={6} mt={8}>
            {event.categories.map((category) => <Badge key={category} size="sm" variant="light" color="blue">{category}</Badge>)}
            {sensitivity[event.sensitivity] && <Badge size="sm" variant="light" color="gray">{sensitivity[event.sensitivity]}</Badge>}
            <Badge size="sm" variant="light" color="gray">{event.reminderMinutes === null || event.reminderMinutes === undefined ? 'No reminder' : `Reminder ${event.reminderMinutes} min before`}</Badge>
          </Group>
        </div>
      )}
      {event && !preview.error && <Text size="xs" c="gray.6" mt={4}>{event.appointmentNumber ? `With appointment ${event.appointmentNumber}, the next one.` : 'With an invented appointment, since none is booked.'} Times in {zoneName(zone)}.</Text>}
    </section>
  );
}

/** The words of an event's body. Its HTML is parsed, never shown: nothing in it is loaded or run. */
export function plain(html: string): string {
  const body = new DOMParser().parseFromString(html.replace(/<(br|\/p|\/div|\/li)\b[^>]*>/gi, '$&\n'), 'text/html').body;
  return (body.textContent ?? '').replace(/[ \t]+/g, ' ').replace(/ *\n[ \n]*/g, '\n').trim();
}
