/** The component library, dressed in the theme. */
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './theme.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { ConfirmProvider } from '../components/confirm.tsx';
import { cssVariables, theme } from './theme.ts';

/** The same name as in public/console/scheme.js, which reads it before the first paint. */
const colours = localStorageColorSchemeManager({ key: 'headgate-colours' });

export function Appearance({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colours}
      defaultColorScheme="auto"
      deduplicateInlineStyles
    >
      <Notifications position="bottom-right" limit={4} />
      <ConfirmProvider>{children}</ConfirmProvider>
    </MantineProvider>
  );
}
