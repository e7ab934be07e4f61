import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Empty, useDocumentTitle } from '../ui/pieces';

export function NotFoundPage() {
  useDocumentTitle('Page not found');
  return (
    <div className="tt-card">
      <Empty title="There is no page at this address" icon={<IconMapOff size={24} />} action={<Button component={Link} to="/" variant="light">To the start</Button>}>
        It may have been moved, or the link was cut off on its way to you.
      </Empty>
    </div>
  );
}
