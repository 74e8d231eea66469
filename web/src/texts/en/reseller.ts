/** The reseller's console. */
export const reseller = {
  nav: {
    overview: 'Overview',
    customers: 'Customers',
    books: 'Books',
    access: 'Access',
  },
  overview: {
    title: 'Overview',
  },
};
