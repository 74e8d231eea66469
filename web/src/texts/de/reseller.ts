import type { InLanguageOf } from '../en/index.ts';
import type { reseller as english } from '../en/reseller.ts';
import { resellerAccess } from './reseller-access.ts';
import { resellerBooks } from './reseller-books.ts';
import { resellerSubusers } from './reseller-subusers.ts';
import { resellerTrade } from './reseller-trade.ts';

export const reseller: InLanguageOf<typeof english> = {
  nav: {
    overview: 'Übersicht',
    customers: 'Kunden',
    books: 'Bücher',
    access: 'Zugang',
  },
  ...resellerSubusers,
  ...resellerTrade,
  ...resellerBooks,
  ...resellerAccess,
  overview: {
    title: 'Übersicht',
    balance: 'Guthaben',
    frozen: 'vom Anbieter gesperrt',
    subusers: 'Subuser',
    subscriptions: 'Abonnements',
    subscriptionsNote_one: '{{count, number}} aktiv',
    subscriptionsNote_other: '{{count, number}} aktiv',
    now: 'Fließt gerade',
    nowNote: 'in den letzten Minuten',
    today: 'Heute',
    todayNote: 'seit Mitternacht, UTC',
    month: '30 Tage',
    pooled: 'Im Pool',
    allocated: 'Bei Subusern',
    used: 'Verbraucht',
    daysLeft_one: 'Reicht bei diesem Verbrauch {{count, number}} Tag ({{rate}} am Tag)',
    daysLeft_other: 'Reicht bei diesem Verbrauch {{count, number}} Tage ({{rate}} am Tag)',
    noUse: 'In der letzten Woche wurde nichts verbraucht',
    nothing: 'Noch nichts gekauft',
    top: 'Subuser nach Verbrauch',
    topOf: 'Subuser nach Verbrauch: {{product}}',
    topIntro: 'Die am meisten verbraucht haben, und was ihnen bleibt',
    noTop: 'Noch kein Subuser hat etwas verbraucht',
    left: '{{used}} verbraucht, {{left}} übrig',
  },
};
