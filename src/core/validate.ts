/** What a value from outside must be, to be used. Each answers the value in canonical form, or throws InvalidField. */
import ipaddr from 'ipaddr.js';
import { bytesFromMegabytes, MAX_BANDWIDTH_BYTES, wholeMegabytes } from '../shared/units.ts';
import { invalidField } from './errors.ts';

const MAX_EMAIL_LENGTH = 254;

/** An email address: something@something, printable, no spaces. Delivery proves more than any pattern could. */
export function validEmail(value: unknown, field = 'email'): string {
  if (
    typeof value !== 'string' ||
    value.length > MAX_EMAIL_LENGTH ||
    !/^[^\s@"(),:;<>[\\\]\p{C}]{1,64}@[^\s@"(),:;<>[\\\]\p{C}.]+(\.[^\s@"(),:;<>[\\\]\p{C}.]+)*$/u.test(value)
  ) {
    throw invalidField(field, `an email address of at most ${MAX_EMAIL_LENGTH} characters`);
  }
  return value;
}

/**
 * The reseller's part of a username. Letters and digits of ASCII, underscore and dot: a hyphen would be read as the start of
 * connection parameters, a colon ends the name in Basic authentication.
 */
export function validSubuserName(value: unknown, field = 'username'): string {
  if (typeof value !== 'string' || !/^[A-Za-z0-9_.]{1,48}$/.test(value)) {
    throw invalidField(field, '1 to 48 letters, digits, underscores or dots (no hyphen)');
  }
  return value;
}

/** A proxy password: printable ASCII, so that every client can send it in Basic authentication and in a URL, encoded. */
export function validProxyPassword(value: unknown, field = 'newPassword'): string {
  if (typeof value !== 'string' || !/^[\x21-\x7e]{8,64}$/.test(value)) {
    throw invalidField(field, '8 to 64 printable ASCII characters without spaces');
  }
  return value;
}

export function validPersonPassword(value: unknown, field = 'password'): string {
  if (typeof value !== 'string' || value.length < 8 || value.length > 256) {
    throw invalidField(field, 'a text of 8 to 256 characters');
  }
  return value;
}

export function validStoreCode(value: unknown): string {
  if (typeof value !== 'string' || !/^[A-Z][A-Z0-9]{1,15}$/.test(value)) {
    throw invalidField('storeCode', '2 to 16 capital letters and digits, beginning with a letter');
  }
  return value;
}

/** A name people read: any printable text on one line. */
export function validDisplayName(value: unknown, field: string): string {
  if (typeof value !== 'string' || !/^[^\p{C}]{1,100}$/u.test(value) || value.trim() === '') {
    throw invalidField(field, 'a text of 1 to 100 characters on one line');
  }
  return value.trim();
}

/** A positive amount of bandwidth in MB, as a JSON number, to bytes. */
export function validMegabytes(value: unknown, field: string): bigint {
  const bytes = typeof value === 'number' ? bytesFromMegabytes(value) : undefined;
  if (bytes === undefined) {
    throw invalidField(
      field,
      `a positive number of MB, at most ${wholeMegabytes(MAX_BANDWIDTH_BYTES)}, with at most six decimals`,
    );
  }
  return bytes;
}

// Wider ranges than a customer's own network would hand its quota to strangers.
const WIDEST_PREFIX = { ipv4: 22, ipv6: 48 };

/**
 * An IP address or CIDR for a whitelist, in canonical form: IPv6 compressed (RFC 5952), IPv4 inside IPv6 as IPv4, host bits
 * of a range cleared, a range of one address as the address.
 */
export function validWhitelistEntry(value: unknown, field = 'ip'): string {
  const expected = `an IPv4 or IPv6 address, or a CIDR range not wider than /${WIDEST_PREFIX.ipv4} (IPv4) or /${WIDEST_PREFIX.ipv6} (IPv6)`;
  if (typeof value !== 'string' || value.length > 64) throw invalidField(field, expected);
  const [addressText = '', prefixText, ...rest] = value.split('/');
  const v4 = ipaddr.IPv4.isValidFourPartDecimal(addressText) && !/(^|\.)0\d/.test(addressText);
  if (rest.length > 0 || !(v4 || (ipaddr.IPv6.isValid(addressText) && !addressText.includes('%')))) {
    throw invalidField(field, expected);
  }
  let address = ipaddr.parse(addressText);
  let prefix: number | undefined;
  if (prefixText !== undefined) {
    if (!/^(0|[1-9]\d{0,2})$/.test(prefixText)) throw invalidField(field, expected);
    prefix = Number(prefixText);
    if (prefix > (address.kind() === 'ipv4' ? 32 : 128)) throw invalidField(field, expected);
  }
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) {
    address = address.toIPv4Address();
    if (prefix !== undefined) prefix -= 96;
  }
  const width = address.kind() === 'ipv4' ? 32 : 128;
  prefix ??= width;
  if (prefix < WIDEST_PREFIX[address.kind()]) throw invalidField(field, expected);
  if (
    address.range() === 'unspecified' ||
    address.range() === 'multicast' ||
    address.range() === 'broadcast'
  ) {
    throw invalidField(field, 'an address that a client can have');
  }
  if (prefix === width) return address.toString();
  const network =
    address.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(`${address.toString()}/${prefix}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${prefix}`);
  return `${network.toString()}/${prefix}`;
}

/** A single IP address, in the same canonical form. */
export function validAddress(value: unknown, field = 'ip'): string {
  if (typeof value !== 'string' || value.includes('/')) {
    throw invalidField(field, 'a single IPv4 or IPv6 address');
  }
  return validWhitelistEntry(value, field);
}

const MAX_URL_LENGTH = 2000;

/**
 * An address that this installation will call, in canonical form. Where it leads is looked at when it is called (`outgoing`): a name can
 * lead elsewhere by then.
 */
export function validOutgoingUrl(value: unknown, field = 'url'): string {
  const expected = `an https:// URL of at most ${MAX_URL_LENGTH} characters, without a user name`;
  if (typeof value !== 'string' || value.length > MAX_URL_LENGTH || !URL.canParse(value))
    throw invalidField(field, expected);
  const url = new URL(value);
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) throw invalidField(field, expected);
  url.hash = '';
  return url.toString();
}
