import { Button, Group, Modal, Stack, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { changeFeed } from '../api/calendarSync';
import type { Feed } from '../api/types';
import { ProblemNotice } from '../ui/ProblemNotice';

export function FeedSettingsWindow({ feed, close, done }: { feed: Feed; close: () => void; done: () => Promise<unknown> }) {
  const [reading, setReading] = useState(feed.reading);
  const [writing, setWriting] = useState(feed.writing);
  const save = useMutation({
    mutationFn: () => changeFeed(feed, { reading, writing }),
    onSuccess: async () => {
      notifications.show({ color: 'tether', message: 'The settings are saved.' });
      close();
      await done();
    },
  });
  return (
    <Modal opened onClose={close} size={500} title={<Text fw={650} fz={18}>Settings of “{feed.calendar.name}”</Text>}>
      <Stack gap="md">
        <Switch label="Read busy time" description="What Outlook shows as Busy closes the time here." checked={reading} onChange={(event) => setReading(event.currentTarget.checked)} />
        <Switch label="Write appointments" description="Every appointment appears in this calendar as a [tt] event." checked={writing} disabled={!feed.calendar.canEdit} onChange={(event) => setWriting(event.currentTarget.checked)} />
        <ProblemNotice error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>Cancel</Button>
          <Button loading={save.isPending} disabled={!reading && !writing} onClick={() => save.mutate()}>Save</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
