import { createTheme, type MantineColorsTuple } from '@mantine/core';

const tether: MantineColorsTuple = [
  '#ecf8f6', '#d5eeea', '#a8dcd4', '#76c8bc', '#4db3a5', '#2f9c8d', '#1c8377', '#0f6c62', '#0f5f57', '#08453f',
];
/** Ink and surfaces: a cool grey whose shades 6 and up are readable as text on white (≥ 4.5 : 1). */
const ink: MantineColorsTuple = [
  '#f6f8f9', '#eef1f3', '#e1e6ea', '#cbd3d9', '#a9b5be', '#7c8a96', '#5a6875', '#44515d', '#2c3742', '#17212b',
];

export const theme = createTheme({
  primaryColor: 'tether',
  primaryShade: 7,
  colors: { tether, ink, gray: ink },
  black: '#17212b',
  fontFamily: '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  headings: { fontFamily: 'inherit', fontWeight: '650' },
  defaultRadius: 'md',
  radius: { sm: '6px', md: '9px', lg: '14px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45, blur: 2 }, closeButtonProps: { 'aria-label': 'Close this window' } } },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.25 }, closeButtonProps: { 'aria-label': 'Close this window' } } },
    Tooltip: { defaultProps: { withArrow: true, events: { hover: true, focus: true, touch: true } } },
    Paper: { defaultProps: { radius: 'lg' } },
    Badge: { defaultProps: { radius: 'sm', tt: 'none', fw: 600 } },
    Select: { defaultProps: { checkIconPosition: 'right' } },
  },
});
