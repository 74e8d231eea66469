/** What one document describes: a dialect, or two that one program is a client of. */
import { type Dialect, isUnder } from '../http/dialect.ts';

export interface Api {
  /** In addresses and file names. */
  name: string;
  title: string;
  /** Of the API that is followed. */
  version: string;
  /** Paragraphs. */
  description: readonly string[];
  tags: readonly { name: string; description: string }[];
  /** The part of the address that all paths of the document begin behind; several when each of them answers the same. */
  bases: readonly string[];
  dialects: readonly Dialect[];
}

/** The dialect that a route belongs to. */
export function dialectOf(api: Api, url: string): Dialect {
  const dialect = api.dialects.find(({ prefix }) => isUnder(prefix, url));
  if (!dialect) throw new Error(`${url} belongs to no dialect of ${api.name}`);
  return dialect;
}
