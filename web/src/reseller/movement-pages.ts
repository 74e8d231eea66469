import type { MovementPages } from '../components/statement-table.tsx';

/** Whom a movement was with is a subuser or the provider, who has no page here. */
export const MOVEMENT_PAGES: MovementPages = {
  party: (id) => (id.startsWith('subuser-') ? `/reseller/subusers/${id}` : undefined),
  subscription: (id) => `/reseller/subscriptions/${id}`,
};
