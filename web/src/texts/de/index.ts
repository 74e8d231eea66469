import type { en, InLanguageOf } from '../en/index.ts';
import { common } from './common.ts';
import { owner } from './owner.ts';
import { profile } from './profile.ts';
import { records } from './records.ts';
import { reseller } from './reseller.ts';

export const de: InLanguageOf<typeof en> = { ...common, ...records, profile, owner, reseller };
