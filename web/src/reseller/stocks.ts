/** What an account holds. */
import { PRODUCTS } from '../components/product.ts';

export const STOCKS = [...PRODUCTS, 'usd'] as const;
export type Stock = (typeof STOCKS)[number];
