/** Bounds on money. */

/** One billion dollars, in cents: far above any real payment, far below what a JSON number can carry to the cent. */
export const MAX_CENTS = 100_000_000_000n;
