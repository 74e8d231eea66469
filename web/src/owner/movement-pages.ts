import type { MovementPages } from '../components/statement-table.tsx';

/** Whom a movement was with is a reseller, a customer, or a subuser. */
export const MOVEMENT_PAGES: MovementPages = {
  party: (id) => (id.startsWith('subuser-') ? `/owner/subusers/${id}` : `/owner/resellers/${id}`),
};
