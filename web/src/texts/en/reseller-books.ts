/** The books: statement, credit events, reconciliation. */
export const resellerBooks = {
  statement: {
    intro: 'Every movement of your pools and your money, each with what was left right after.',
  },
  credit: {
    intro: 'What was reported of your customers’ payments, in a log that neither side can rewrite.',
  },
  reconciliation: {
    intro: 'Your ledger held against the credit events recorded here: what is missing, different or doubled.',
  },
};
