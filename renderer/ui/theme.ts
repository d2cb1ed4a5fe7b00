import { type CSSVariablesResolver, createTheme } from '@mantine/core';
import { palette } from './palette';

const SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif";
const MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace";

/** The list of choices stays among the page's landmarks, and scrolls by itself, so that it needs no focusable wrapper. */
const choices = {
  defaultProps: {
    comboboxProps: { withinPortal: false },
    withScrollArea: false,
    styles: { options: { maxHeight: '16rem', overflowY: 'auto' } },
    // What scrolls takes the Tab key in Chromium; here it would be lost, since the list closes when the field is left.
    attributes: { options: { tabIndex: -1 } },
  },
} as const;

/** Mantine makes a dialog's title bar a `header`, which outside of sections is the page's banner; a dialog has none. */
const noBanner = { header: { role: 'presentation' } };
const dialogTitle = { title: { fontWeight: 650, fontSize: '1.125rem' } };

export const theme = createTheme({
  colors: { ...palette },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 7 },
  black: '#1f2222',
  autoContrast: true,
  // Below this luminance white text reads better, above it black does; either way the contrast is over 4.5.
  luminanceThreshold: 0.179,
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  headings: {
    fontFamily: SANS,
    fontWeight: '650',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.25' },
      h2: { fontSize: '1.25rem', lineHeight: '1.35' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h4: { fontSize: '1rem', lineHeight: '1.45' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 600 } },
    Modal: { defaultProps: { attributes: noBanner, styles: dialogTitle, centered: true, padding: 'lg', radius: 'lg' } },
    Drawer: { defaultProps: { attributes: noBanner, styles: dialogTitle, position: 'right', padding: 'lg' } },
    Tooltip: {
      defaultProps: {
        multiline: true,
        maw: 320,
        withArrow: true,
        openDelay: 250,
        events: { hover: true, focus: true, touch: true },
      },
    },
    // Among the page's landmarks, and without the focusable element that a menu may not hold beside its items.
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
    Select: choices,
    Autocomplete: choices,
    Anchor: { defaultProps: { underline: 'hover' } },
    Loader: { defaultProps: { type: 'dots' } },
  },
});

/** Mantine's tints in dark are nearly black; these can be told from the surface, and shade 0 still reads on them. */
const tintsInDark = Object.fromEntries(
  Object.keys(palette).flatMap((name) => [
    [
      `--mantine-color-${name}-light`,
      name === 'gray' ? 'var(--mantine-color-dark-5)' : `var(--mantine-color-${name}-9)`,
    ],
    [
      `--mantine-color-${name}-light-hover`,
      name === 'gray' ? 'var(--mantine-color-dark-4)' : `var(--mantine-color-${name}-8)`,
    ],
  ]),
);

/** Mantine's own greys for secondary text, placeholders and errors miss WCAG AA; these do not. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--peerhold-measure': '42rem' },
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-6)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-6)',
    '--mantine-color-error': 'var(--mantine-color-red-7)',
    '--mantine-color-success': 'var(--mantine-color-green-7)',
    '--mantine-color-default-border': 'var(--mantine-color-gray-4)',
    '--peerhold-surface': 'var(--mantine-color-gray-0)',
    '--peerhold-hover': 'var(--mantine-color-gray-1)',
    '--peerhold-line': 'var(--mantine-color-gray-2)',
  },
  dark: {
    ...tintsInDark,
    '--mantine-color-dimmed': 'var(--mantine-color-dark-2)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-success': 'var(--mantine-color-green-4)',
    '--peerhold-surface': 'var(--mantine-color-dark-8)',
    '--peerhold-hover': 'var(--mantine-color-dark-6)',
    '--peerhold-line': 'var(--mantine-color-dark-5)',
  },
});
