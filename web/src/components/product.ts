/** The products, and their colours in every picture. */
export const PRODUCTS = ['residential', 'mobile'] as const;
export type Product = (typeof PRODUCTS)[number];

export const PRODUCT_COLORS: Record<Product, string> = {
  residential: 'var(--hg-residential)',
  mobile: 'var(--hg-mobile)',
};
