import type { InLanguageOf } from '../en/index.ts';
import type { reseller as english } from '../en/reseller.ts';

export const reseller: InLanguageOf<typeof english> = {
  nav: {
    overview: 'Übersicht',
    customers: 'Kunden',
    books: 'Bücher',
    access: 'Zugang',
  },
  overview: {
    title: 'Übersicht',
  },
};
