import { common } from './common.ts';
import { owner } from './owner.ts';
import { profile } from './profile.ts';
import { records } from './records.ts';
import { reseller } from './reseller.ts';

/** All texts. The other languages have the same keys: the type check refuses one that lacks any. */
export const en = { ...common, ...records, profile, owner, reseller };

/** The same keys with texts of another language. */
export type InLanguageOf<Texts> = {
  [Key in keyof Texts]: Texts[Key] extends string ? string : InLanguageOf<Texts[Key]>;
};
