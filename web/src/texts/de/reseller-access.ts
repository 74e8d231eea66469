import type { InLanguageOf } from '../en/index.ts';
import type { resellerAccess as english } from '../en/reseller-access.ts';

export const resellerAccess: InLanguageOf<typeof english> = {
  keys: {
    intro:
      'Ihre Programme sprechen mit Schlüsseln. Der Anbieter stellt sie aus; Sie wechseln und widerrufen sie.',
  },
  webhooks: {
    intro:
      'Headgate sagt Ihren Programmen, was geschieht: unterschrieben, mindestens einmal, bis es gehört wurde.',
  },
  reference: {
    title: 'API-Referenz',
    intro:
      'Vier APIs, die Ihr Shop vielleicht schon spricht, und die eigene von Headgate. Ein Schlüssel gilt für alle.',
    withKey: 'Beispiele benutzen den Schlüssel',
    noKey: 'Sie haben noch keinen gültigen Schlüssel: Die Beispiele zeigen, wohin sein Geheimnis gehört.',
    keyHint:
      'Ein Geheimnis wird einmal gezeigt, wenn ein Schlüssel ausgestellt oder gewechselt wird; setzen Sie es ein, wo die Beispiele es sagen.',
    dialect: 'API',
    language: 'Sprache',
    languages: { curl: 'curl', python: 'Python', node: 'Node' },
    setUp: 'Zuerst, in der Shell',
    example: 'Ein Client, der etwas Echtes tut',
    needs: 'Bereiche',
    missing: 'Dem Schlüssel fehlt {{scopes}}.',
    full: 'Jeder Aufruf von {{name}}',
    own: 'Headgates eigene API',
    ownText:
      'Was diese Konsole selbst benutzt, für Ihre Programme: Subuser, Abonnements, Auszüge, Webhooks, Abgleich.',
    log: 'Guthabenprotokoll',
  },
};
