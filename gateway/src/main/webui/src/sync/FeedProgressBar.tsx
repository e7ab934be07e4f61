import { Progress, Text, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Feed } from '../api/types';
import { useLiveProgress } from './useFeeds';

const count = (value: number) => value.toLocaleString('en-GB');

/** What a running sync has done so far. How much there is to do nobody knows before the end, so the bar has no percentage. */
export function FeedProgressBar({ feed }: { feed: Feed }) {
  useLiveProgress(feed);
  const words = progressWords(feed);
  return (
    <div>
      <Progress.Root size="sm" radius="xl">
        <Progress.Section value={100} animated striped withAria={false} role="progressbar" aria-label={`${nameOf(feed)} of ${feed.calendar.name}`} aria-valuetext={words} />
      </Progress.Root>
      <Text size="xs" c="gray.7" mt={5} className="tt-numbers">{words}</Text>
    </div>
  );
}

/** The first sync for those who cannot see the bar: every few seconds, not at every event, and when it has ended. */
export function FirstSyncAnnounced({ feed }: { feed: Feed }) {
  const running = feed.state === 'FIRST_SYNC';
  const [ran, setRan] = useState(running);
  const [ended, setEnded] = useState('');
  if (running !== ran) {
    setRan(running);
    if (!running) setEnded(feed.state === 'ACTIVE' ? `First sync of ${feed.calendar.name} finished: ${counts(feed)}` : '');
  }
  const words = running ? progressWords(feed) : ended;
  const [said, setSaid] = useState(words);
  const latest = useRef(words);
  useEffect(() => { latest.current = words; }, [words]);
  useEffect(() => {
    const timer = setInterval(() => setSaid(latest.current), 5_000);
    return () => clearInterval(timer);
  }, []);
  return <VisuallyHidden role="status" aria-live="polite">{running ? said : ended}</VisuallyHidden>;
}

const nameOf = (feed: Feed) => (feed.state === 'FIRST_SYNC' ? 'First sync' : 'Sync');

function counts({ progress }: Feed): string {
  const { processed = 0, loaded = 0, rejected = 0 } = progress ?? {};
  return `${count(processed)} events seen, ${count(loaded)} loaded, ${count(rejected)} not loaded`;
}

function progressWords(feed: Feed): string {
  const { phase, processed = 0 } = feed.progress ?? {};
  const what = nameOf(feed);
  if (phase === 'WAITING') return `${what} was interrupted and goes on by itself (${count(processed)} events seen so far)`;
  return processed === 0 ? `${what} has started: asking Office 365 for your events…` : `${what}: ${counts(feed)}`;
}
