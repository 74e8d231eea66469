/** What a console's navigation holds. */
import type { Icon } from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';
import type { ParseKeys } from 'i18next';

export interface NavigationLink {
  to: NonNullable<LinkProps['to']>;
  text: ParseKeys;
  icon: Icon;
  /** Lit on this page only, not on those below it. */
  exact?: boolean;
}

export interface NavigationGroup {
  /** None: at the top. */
  title?: ParseKeys;
  links: readonly NavigationLink[];
}
