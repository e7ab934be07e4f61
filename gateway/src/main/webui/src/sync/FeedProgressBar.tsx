import { Progress, Text, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Feed } from '../api/types';
import { useLiveProgress } from './useFeeds';

const count = (value: number) => value.toLocaleString('en-GB');

/** What a running sync has done so far. Announced to screen readers every few seconds, not at every event. */
export function FeedProgressBar({ feed }: { feed: Feed }) {
  useLiveProgress(feed);
  const { phase, processed = 0, loaded = 0, rejected = 0 } = feed.progress ?? {};
  const what = feed.state === 'FIRST_SYNC' ? 'First sync' : 'Sync';
  const words = phase === 'WAITING' ? `${what} was interrupted and goes on by itself (${count(processed)} events seen so far)` : processed === 0
    ? `${what} has started: asking Office 365 for your events…`
    : `${what}: ${count(processed)} events seen, ${count(loaded)} loaded, ${count(rejected)} not loaded`;
  return (
    <div>
      <Progress value={100} animated striped size="sm" radius="xl" aria-label={`${what} running`} />
      <Text size="xs" c="gray.7" mt={5} className="tt-numbers">{words}</Text>
      <Announced words={words} />
    </div>
  );
}

function Announced({ words }: { words: string }) {
  const [said, setSaid] = useState(words);
  const latest = useRef(words);
  useEffect(() => { latest.current = words; }, [words]);
  useEffect(() => {
    const timer = setInterval(() => setSaid(latest.current), 5_000);
    return () => clearInterval(timer);
  }, []);
  return <VisuallyHidden role="status" aria-live="polite">{said}</VisuallyHidden>;
}
