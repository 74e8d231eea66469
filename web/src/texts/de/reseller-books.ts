import type { InLanguageOf } from '../en/index.ts';
import type { resellerBooks as english } from '../en/reseller-books.ts';

export const resellerBooks: InLanguageOf<typeof english> = {
  statement: {
    intro: 'Jede Bewegung Ihrer Pools und Ihres Geldes, jeweils mit dem Stand gleich danach.',
  },
  credit: {
    intro: 'Was über Zahlungen Ihrer Kunden gemeldet wurde, in einem Buch, das keine Seite umschreiben kann.',
  },
  reconciliation: {
    intro:
      'Ihr Hauptbuch gegen die hier aufgezeichneten Gutschriften gehalten: was fehlt, abweicht oder doppelt ist.',
  },
};
