import type { InLanguageOf } from '../en/index.ts';
import type { owner as english } from '../en/owner.ts';

export const owner: InLanguageOf<typeof english> = {
  nav: {
    overview: 'Übersicht',
    trade: 'Handel',
    record: 'Bücher',
    operation: 'Betrieb',
  },
  overview: {
    title: 'Übersicht',
  },
};
