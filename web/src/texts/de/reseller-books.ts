import type { InLanguageOf } from '../en/index.ts';
import type { resellerBooks as english } from '../en/reseller-books.ts';

export const resellerBooks: InLanguageOf<typeof english> = {
  period: { first: 'Erster Tag', last: 'Letzter Tag' },
  reasons: {
    reseller: { topup: 'Aufladung' },
    subuser: {
      allocate: 'Zugeteilt',
      withdraw: 'Zurückgenommen',
      delete: 'Subuser gelöscht',
      'creation-fee': 'Gebühr fürs Anlegen',
    },
    lease: {
      grant: 'An ein Gateway geliehen',
      settle: 'Verbraucht',
      return: 'Vom Gateway zurück',
      late: 'Verbraucht, spät gemeldet',
    },
    credits: { voucher: 'Gutschein' },
    subscription: {
      charge: 'Abonnement',
      'charge-tax': 'Steuer auf ein Abonnement',
      credit: 'Gutschrift beim Wechsel',
      'credit-tax': 'Gutschrift der Steuer',
    },
  },
  statement: {
    title: 'Kontoauszug',
    intro: 'Jede Bewegung Ihrer Pools und Ihres Geldes, jeweils mit dem Stand gleich danach.',
    csv: 'Als CSV speichern',
    stock: 'Bestand',
    reason: 'Bewegung',
    allReasons: 'Alle Bewegungen',
    empty: 'Noch keine Bewegungen',
    emptyText: 'Was kommt und geht, steht hier auf das Byte und den Cent genau.',
    at: 'Wann',
    with: 'Mit',
    provider: 'Anbieter',
    gateways: 'Gateways',
    subscription: 'einem Abonnement',
    amount: 'Menge',
    balance: 'Stand',
    cause: 'Durch',
  },
  credit: {
    title: 'Guthabenereignisse',
    intro:
      'Was über Zahlungen Ihrer Kunden gemeldet wurde, in einem Protokoll, das keine Seite umschreiben kann.',
    empty: 'Noch keine Ereignisse',
    emptyText: 'Ihr Shop meldet sie mit einem API-Schlüssel, der den Bereich reseller:credit hat.',
    at: 'Aufgezeichnet',
    kind: 'Art',
    kindFilter: 'Art, etwa topup',
    ref: 'Ihr Zeichen',
    refFilter: 'Ihr Zeichen, vollständig',
    amount: 'Betrag',
    id: 'Ereignis',
    mismatched: 'Nur widersprochene',
    mismatches_one: 'einmal widersprochen',
    mismatches_other: '{{count, number}}-mal widersprochen',
    checkpoint: 'Prüfpunkt, und wie man ihn prüft',
    checkpointIntro:
      'Der Anbieter unterschreibt das ganze Protokoll. Mit diesen Dateien beweisen Sie auf Ihrem eigenen Rechner, dass nichts geändert, entfernt oder eingefügt wurde.',
    key: 'Schlüssel des Protokolls',
    signed: 'Prüfpunkt',
    export: 'Ihr Auszug',
    command: 'Prüfen, nur mit Dateien',
    commandHint:
      'Quittungen sind die Antworten auf Ihre Meldungen, aufgehoben, wie sie kamen. Der Rückgabewert 0 heißt, dass alles stimmt; 1 nennt die Datei und das erste Blatt, das nicht passt.',
    docs: 'Referenz des Protokolls',
  },
  reconciliation: {
    intro:
      'Ihr Buch gegen die hier aufgezeichneten Ereignisse gehalten: was fehlt, abweicht oder doppelt ist.',
  },
};
