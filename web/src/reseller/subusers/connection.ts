/** How a customer connects, as text to copy: addresses and short programs. docs/connecting.md says what the parameters mean. */

export interface Connection {
  host: string;
  port: number;
  username: string;
  password: string;
  product: 'residential' | 'mobile';
  /** Two letters; empty: anywhere. */
  country: string;
  /** Eight letters or digits; empty: each connection may have another exit. */
  session: string;
  /** Minutes; nothing without a session. */
  lifetime: number | undefined;
}

export const KINDS = ['http', 'socks5', 'curl', 'python', 'node'] as const;
export type Kind = (typeof KINDS)[number];

/** The username with its parameters behind it. */
export function loginOf({ username, product, country, session, lifetime }: Connection): string {
  const parts = [username];
  if (product !== 'residential') parts.push('product', product);
  if (country) parts.push('country', country.toLowerCase());
  if (session) parts.push('session', session);
  if (session && lifetime) parts.push('lifetime', String(lifetime));
  return parts.join('-');
}

const TARGET = 'https://example.com/';

export function connectionText(kind: Kind, connection: Connection): string {
  const at = `${connection.host}:${connection.port}`;
  const login = loginOf(connection);
  const credentials = `${encoded(login)}:${encoded(connection.password)}`;
  const url = `http://${credentials}@${at}`;
  switch (kind) {
    case 'http':
      return url;
    case 'socks5':
      // socks5h: the gateway looks names up.
      return `socks5h://${credentials}@${at}`;
    case 'curl':
      return `curl -x http://${at} -U ${shellQuoted(`${login}:${connection.password}`)} ${TARGET}`;
    case 'python':
      return `import requests

proxy = ${JSON.stringify(url)}
response = requests.get("${TARGET}", proxies={"http": proxy, "https": proxy}, timeout=30)
print(response.status_code)
`;
    case 'node':
      return `// npm install undici
import { fetch, ProxyAgent } from 'undici';

const dispatcher = new ProxyAgent(${JSON.stringify(url)});
const response = await fetch('${TARGET}', { dispatcher });
console.log(response.status);
`;
  }
}

/** Eight letters and digits, never used before. */
export function newSession(): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => letters[byte % letters.length]).join(
    '',
  );
}

/** Also of what a shell would take for its own, so that an address can be pasted as it stands. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*~]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
