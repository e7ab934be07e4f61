import { createTheme, defaultVariantColorsResolver, type MantineColorsTuple } from '@mantine/core';

const tether: MantineColorsTuple = [
  '#ecf8f6', '#d5eeea', '#a8dcd4', '#76c8bc', '#4db3a5', '#2f9c8d', '#1c8377', '#0f6c62', '#0f5f57', '#08453f',
];
/** Ink and surfaces: a cool grey whose shades 6 and up are readable as text on white (≥ 4.5 : 1). */
const ink: MantineColorsTuple = [
  '#f6f8f9', '#eef1f3', '#e1e6ea', '#cbd3d9', '#a9b5be', '#7c8a96', '#5a6875', '#44515d', '#2c3742', '#17212b',
];

/** The library's own colours are too light for text on their own tint; in these, shades 7 and up are readable on shade 0 and 1. */
const red: MantineColorsTuple = ['#fff3f2', '#ffe3e1', '#ffc8c4', '#fba39d', '#f17b73', '#e2544b', '#d0372e', '#bd271f', '#a51f18', '#851611'];
const orange: MantineColorsTuple = ['#fff6ea', '#ffebd1', '#ffd8a8', '#fdbf72', '#f5a040', '#e5831c', '#c96b0c', '#a85404', '#8f4600', '#6f3600'];
const green: MantineColorsTuple = ['#effaf1', '#dcf3e0', '#b7e4c0', '#8bd19a', '#5dba72', '#3a9f52', '#27853f', '#1f7136', '#195c2c', '#124420'];
const violet: MantineColorsTuple = ['#f5f2fd', '#ece6fa', '#d6caf4', '#bba7ea', '#a184df', '#8563d1', '#6f49c4', '#5f3dc4', '#4c2fa3', '#3b2a75'];
const blue: MantineColorsTuple = ['#eff6fd', '#dcebfa', '#b6d5f4', '#86b9ea', '#589bdd', '#347fca', '#2067b0', '#1a5694', '#154677', '#0f3357'];

export const theme = createTheme({
  primaryColor: 'tether',
  primaryShade: 7,
  colors: { tether, ink, gray: ink, red, orange, green, violet, blue },
  // Tints with dark text: the default puts a middle shade on a light one.
  variantColorResolver: (input) => {
    const resolved = defaultVariantColorsResolver(input);
    if (input.variant !== 'light') return resolved;
    const colour = input.theme.colors[input.color ?? input.theme.primaryColor];
    return colour ? { ...resolved, background: colour[1], hover: colour[2], color: colour[8] } : resolved;
  },
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
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close this message' } } },
    Anchor: { defaultProps: { underline: 'always' } },
    Tooltip: { defaultProps: { withArrow: true, events: { hover: true, focus: true, touch: true } } },
    Paper: { defaultProps: { radius: 'lg' } },
    Badge: { defaultProps: { radius: 'sm', tt: 'none', fw: 600 } },
    Select: { defaultProps: { checkIconPosition: 'right' } },
  },
});
