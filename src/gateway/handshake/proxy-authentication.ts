import { isUtf8 } from 'node:buffer';
import type { Refused } from '../answers.ts';
import { fieldValues, MalformedMessage, type RequestHead } from '../http/head.ts';
import type { ClientIdentity, Service, Soon } from '../service.ts';
import { identifyByAddress, identifyByText, type Login } from './identify.ts';

/**
 * Whose request is this? Credentials that are given must be right, also from a whitelisted address: a client that means
 * to be somebody else must not be billed to the owner of the address.
 */
export function identifyClient(
  head: RequestHead,
  clientAddress: string,
  service: Service,
): Soon<ClientIdentity | Refused> {
  const values = fieldValues(head.fields, 'proxy-authorization');
  if (values.length > 1) throw new MalformedMessage('more than one Proxy-Authorization');
  const [value] = values;
  if (value === undefined) return identifyByAddress(clientAddress, service);
  return identifyByText(value, parseBasic, clientAddress, service);
}

function parseBasic(value: string): Login | undefined {
  const match = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(value);
  if (!match) return undefined;
  const bytes = Buffer.from(match[1]!, 'base64');
  const colon = bytes.indexOf(':');
  if (colon < 1 || !isUtf8(bytes)) return undefined;
  return { username: bytes.toString('utf8', 0, colon), password: bytes.toString('utf8', colon + 1) };
}
