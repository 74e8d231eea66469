/** The provider's console. */
export const owner = {
  nav: {
    overview: 'Overview',
    trade: 'Trade',
    record: 'Record',
    operation: 'Operation',
  },
  overview: {
    title: 'Overview',
  },
};
