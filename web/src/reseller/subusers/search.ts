/** How the list of subusers is searched and sorted, as the address has it. */
import { PRODUCTS, type Product } from '../../components/product.ts';

const SORTS = ['name', 'created', 'used', 'remaining'] as const;
type Sort = (typeof SORTS)[number];

export interface SubusersSearch {
  search?: string;
  /** `name`, or `-name` for descending. */
  sort?: string;
  /** Whose figures are shown, and sorted by; residential without it. */
  product?: Product;
}

export function readSubusersSearch({ search, sort, product }: Record<string, unknown>): SubusersSearch {
  return {
    ...(search !== undefined && search !== '' ? { search: String(search) } : {}),
    ...(typeof sort === 'string' && isSort(sort.replace(/^-/, '')) ? { sort } : {}),
    ...(PRODUCTS.includes(product as Product) ? { product: product as Product } : {}),
  };
}

/** The same for the API. */
export function toSubuserQuery({ search, sort = '-created', product }: SubusersSearch) {
  const name = sort.replace(/^-/, '') as Sort;
  const order: 'asc' | 'desc' = sort.startsWith('-') ? 'desc' : 'asc';
  return { search, sort: name, order, product };
}

function isSort(text: string): text is Sort {
  return (SORTS as readonly string[]).includes(text);
}
