import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { listConnections, listFeeds } from '../api/calendarSync';
import type { Feed, FeedProgress, Page } from '../api/types';

export const feedsKey = (staffId: string) => ['feeds', staffId] as const;
export const connectionsKey = (staffId: string) => ['connections', staffId] as const;

/** True while there is progress to show: in the first sync, and while a later run reads. */
export const isRunning = (feed: Feed): boolean => feed.state === 'FIRST_SYNC' || (feed.state === 'ACTIVE' && feed.progress?.phase === 'READING');

/** The feeds of a staff member; asked often while one is running, seldom otherwise. */
export function useFeeds(staffId: string) {
  return useQuery({
    queryKey: feedsKey(staffId),
    queryFn: () => listFeeds(staffId),
    refetchInterval: (query) => (query.state.data?.items.some(isRunning) ? 2_000 : 15_000),
  });
}

export function useConnections(staffId: string) {
  return useQuery({
    queryKey: connectionsKey(staffId),
    queryFn: () => listConnections(staffId),
    refetchInterval: (query) => (query.state.data?.items.some(({ state }) => state === 'STOPPING' || state === 'PENDING') ? 2_500 : 20_000),
  });
}

/**
 * Live progress of a running sync by server-sent events. The list is asked every two seconds anyway, so when the stream
 * breaks nothing is lost but smoothness.
 */
export function useLiveProgress(feed: Feed) {
  const queries = useQueryClient();
  const running = isRunning(feed);
  const { id, staffId } = feed;
  useEffect(() => {
    if (!running || typeof EventSource === 'undefined') return;
    const stream = new EventSource(`/api/v1/sync-feeds/${id}/progress`);
    const take = (event: MessageEvent<string>) => {
      let progress: Partial<FeedProgress> | undefined;
      try {
        progress = JSON.parse(event.data) as Partial<FeedProgress>;
      } catch {
        return;
      }
      if (typeof progress?.processed !== 'number') return;
      queries.setQueryData<Page<Feed>>(feedsKey(staffId), (page) => page && {
        ...page,
        items: page.items.map((each) => (each.id === id ? { ...each, progress: { ...each.progress, ...progress } as FeedProgress } : each)),
      });
      if (progress.finishedAt || progress.phase === 'FINISHED') {
        stream.close();
        void queries.invalidateQueries({ queryKey: feedsKey(staffId) });
      }
    };
    stream.addEventListener('message', take);
    stream.addEventListener('progress', take);
    return () => stream.close();
  }, [id, staffId, running, queries]);
}

/** The time, told anew every few seconds, for "… ago". */
export function useNow(everyMs = 5_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
