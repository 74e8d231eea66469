/** Which addresses belong to the public internet: all that has a special use (private, loopback, link-local, metadata, …) does not. */
import ipaddr from 'ipaddr.js';

/** Public addresses that answer from inside a cloud's host: Azure's metadata and agent endpoint. */
const METADATA_ADDRESSES = new Set(['168.63.129.16']);

export function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address instanceof ipaddr.IPv4) {
    return address.range() === 'unicast' && !METADATA_ADDRESSES.has(address.toString());
  }
  const bytes = address.toByteArray();
  switch (address.range()) {
    case 'unicast':
      // Of what has no special use, only 2000::/3 has been given out as global addresses.
      return bytes[0]! >> 5 === 0b001;
    case '6to4':
      return isPublic(new ipaddr.IPv4(bytes.slice(2, 6)));
    case 'rfc6052':
      // NAT64 leads to the IPv4 address inside. The local-use prefix 64:ff9b:1::/48 has no one form, and is refused.
      return bytes[5] === 0 && isPublic(new ipaddr.IPv4(bytes.slice(12, 16)));
    default:
      return false;
  }
}

/** The same of a text that is an address. An IPv4-mapped one is the IPv4 address. */
export function isPublicAddress(text: string): boolean {
  return isPublic(ipaddr.process(text));
}
