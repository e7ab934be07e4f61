import { Group, Modal, Text, type ModalProps } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef, type ReactNode } from 'react';

interface Props extends Pick<ModalProps, 'size' | 'fullScreen'> { title: string; close: () => void; children: ReactNode }

/** A window that is there as long as it is rendered; when it goes, the focus goes back to where it came from. */
export function Window({ title, close, children, size, fullScreen }: Props) {
  const opener = useRef(openerOf(document.activeElement));
  useEffect(() => {
    const back = opener.current;
    // What was said before has been heard; it must not lie over the buttons of this window.
    notifications.clean();
    return () => {
      setTimeout(() => {
        // Unless something else has taken the focus on purpose in the meantime.
        if (document.activeElement === null || document.activeElement === document.body) (back?.isConnected ? back : behind())?.focus({ preventScroll: true });
      });
    };
  }, []);
  return (
    <Modal opened onClose={close} returnFocus={false} size={size} fullScreen={fullScreen} title={<Text fw={650} fz={18}>{title}</Text>}>
      {children}
    </Modal>
  );
}

/** What lies under a window whose opener has gone: another window, else the page. */
function behind(): HTMLElement | null {
  return [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].pop() ?? document.getElementById('content');
}

/** What can be done in a window, at its lower edge, in sight however long the window is. */
export function Actions({ children }: { children: ReactNode }) {
  return <Group justify="flex-end" className="tt-window-actions">{children}</Group>;
}

/** What had the focus; for a line of a menu, which is gone by then, the button that opened the menu. */
function openerOf(element: Element | null): HTMLElement | null {
  const menu = element?.closest('[role="menu"]');
  const button = menu ? document.querySelector<HTMLElement>(`[aria-controls="${CSS.escape(menu.id)}"]`) : null;
  return button ?? (element instanceof HTMLElement ? element : null);
}
