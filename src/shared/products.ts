/** The bandwidth products. Each is an asset of its own in the ledger, counted in bytes. */
export const PRODUCTS = ['residential', 'mobile'] as const;
export type Product = (typeof PRODUCTS)[number];

export function isProduct(value: unknown): value is Product {
  return PRODUCTS.includes(value as Product);
}
