/** How the console looks: still water, paper and brass. Colours, type, radii and spacing are decided here and in theme.css. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Primary: the water in the channel. */
const channel: MantineColorsTuple = [
  '#ebf6f5',
  '#d3eae8',
  '#a9d5d2',
  '#7cc0bc',
  '#55aaa7',
  '#2f8f8e',
  '#197577',
  '#0f6063',
  '#0b4c52',
  '#0a3b43',
];
/** Accent: the gate's fittings. */
const brass: MantineColorsTuple = [
  '#fcf5e6',
  '#f6e7c6',
  '#eed297',
  '#e6bd68',
  '#dda63c',
  '#c78c22',
  '#a46d12',
  '#83570f',
  '#664410',
  '#4c330f',
];
const clay: MantineColorsTuple = [
  '#fdf0ed',
  '#f8dad3',
  '#f0b3a7',
  '#e78b79',
  '#df6b56',
  '#cc4a35',
  '#b03624',
  '#922a1a',
  '#742216',
  '#571a13',
];
const moss: MantineColorsTuple = [
  '#eff6ec',
  '#dcebd5',
  '#b9d6ad',
  '#94c083',
  '#74a961',
  '#578f45',
  '#427434',
  '#345d2a',
  '#294923',
  '#20381c',
];
const gray: MantineColorsTuple = [
  '#f6f7f4',
  '#eef0ec',
  '#e2e6e1',
  '#d1d8d3',
  '#b5bfba',
  '#87938f',
  '#5e6b67',
  '#485451',
  '#2f3a38',
  '#1b2423',
];
const dark: MantineColorsTuple = [
  '#dde7e5',
  '#c2cfcc',
  '#9fb0ae',
  '#718487',
  '#32464a',
  '#25373b',
  '#17262a',
  '#0f1a1d',
  '#0b1417',
  '#070e10',
];

export const theme = createTheme({
  colors: { channel, brass, gray, dark, red: clay, green: moss, yellow: brass, teal: channel },
  primaryColor: 'channel',
  primaryShade: { light: 7, dark: 6 },
  white: '#fffffe',
  black: '#16201f',
  fontFamily:
    '"Avenir Next", "Segoe UI Variable Text", "Segoe UI", Inter, "Noto Sans", Ubuntu, Cantarell, system-ui, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  fontSizes: { xs: '0.75rem', sm: '0.8438rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '14px', xl: '22px' },
  shadows: {
    xs: '0 1px 1px rgb(10 45 50 / 5%)',
    sm: '0 1px 2px rgb(10 45 50 / 7%), 0 4px 12px -6px rgb(10 45 50 / 10%)',
    md: '0 2px 4px rgb(10 45 50 / 6%), 0 14px 32px -12px rgb(10 45 50 / 22%)',
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: { radius: 'lg', centered: true, overlayProps: { backgroundOpacity: 0.45, blur: 2 } },
    },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.45 } } },
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 250, events: { hover: true, focus: true, touch: true } },
    },
    Badge: {
      defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 550 },
      // Words of some languages are longer than a column: they break rather than end in dots.
      styles: {
        root: { height: 'auto', minHeight: 'var(--badge-height)', lineHeight: 1.3 },
        label: { whiteSpace: 'normal' },
      },
    },
    Alert: { defaultProps: { radius: 'md' } },
  },
});

/** What follows from the theme and differs between light and dark. */
export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-body': colors.gray![0],
    '--mantine-color-dimmed': colors.gray![6],
    '--mantine-color-placeholder': colors.gray![6],
    '--mantine-color-default-border': colors.gray![3],
    '--mantine-color-error': colors.red![6],
    '--mantine-color-anchor': colors.channel![7],
  },
  dark: {
    '--mantine-color-body': colors.dark![7],
    '--mantine-color-dimmed': colors.dark![2],
    '--mantine-color-placeholder': colors.dark![2],
    '--mantine-color-default-border': colors.dark![4],
    '--mantine-color-error': colors.red![3],
    '--mantine-color-anchor': colors.channel![3],
  },
});
