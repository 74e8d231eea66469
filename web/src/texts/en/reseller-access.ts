/** Access by programs: keys, webhooks, the reference. */
export const resellerAccess = {
  keys: {
    intro: 'Your programs speak with keys. The provider mints them for you; you rotate and revoke them.',
  },
  webhooks: {
    intro: 'Headgate tells your programs what happens: signed, at least once, until it has been heard.',
  },
  reference: {
    title: 'API reference',
    intro: 'Four APIs your shop may already speak, and Headgate’s own. One key is good for all of them.',
    withKey: 'Examples use the key',
    noKey: 'You have no valid key yet: the examples show where its secret belongs.',
    keyHint: 'A secret is shown once, when a key is made or rotated; put it where the examples say.',
    dialect: 'API',
    language: 'Language',
    languages: { curl: 'curl', python: 'Python', node: 'Node' },
    setUp: 'First, in the shell',
    example: 'A client that does something real',
    needs: 'Scopes',
    missing: 'The key lacks {{scopes}}.',
    full: 'Every call of {{name}}',
    own: 'Headgate’s own API',
    ownText:
      'What this console itself uses, for your programs: subusers, subscriptions, statements, webhooks, reconciliation.',
    log: 'Credit log',
  },
};
