/** Proxy passwords at rest: sealed, and found again by a keyed digest. */
import type { SecretBox } from '../secrets.ts';

export const GENERATED_PASSWORD_LENGTH = 20;

/**
 * What a login by the name without its store code is found by. Two stores may have the same name; password and name
 * together say whose it is.
 */
export function shortLoginDigest(box: SecretBox, name: string, password: string): Buffer {
  return box.digest(`${name.toLowerCase()}\0${password}`, 'subuser-short-login');
}

/** A subuser's name without the store code. A store code holds no underscore. */
export function shortName(username: string): string {
  return username.slice(username.indexOf('_') + 1);
}

/** What is sealed for one subuser opens for no other. */
export function passwordPurpose(publicId: string): string {
  return `subuser-password:${publicId}`;
}
