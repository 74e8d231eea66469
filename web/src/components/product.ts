/** The products, and their colours in every picture. */
export const PRODUCTS = ['residential', 'mobile'] as const;
export type Product = (typeof PRODUCTS)[number];

/** What an account holds: bytes of products, and US cents. */
export const ASSETS = [...PRODUCTS, 'usd'] as const;
export type Asset = (typeof ASSETS)[number];

export const PRODUCT_COLORS: Record<Product, string> = {
  residential: 'var(--hg-residential)',
  mobile: 'var(--hg-mobile)',
};
