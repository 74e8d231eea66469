/**
 * Every answer that the gateway gives in its own name. Each says in Proxy-Status (RFC 9209) what happened, so that a
 * client can tell our refusal from the target's.
 */
interface Refusal {
  readonly status: number;
  readonly phrase: string;
  /** A proxy error type of RFC 9209. */
  readonly error: string;
  readonly details: string;
  /** When it is worth coming back. */
  readonly retryAfterSeconds?: number;
}

const REFUSALS = {
  'malformed-request': {
    status: 400,
    phrase: 'Bad Request',
    error: 'http_request_error',
    details: 'malformed request',
  },
  'unsupported-target': {
    status: 501,
    phrase: 'Not Implemented',
    error: 'http_request_error',
    details: 'unsupported target',
  },
  'parameters-malformed': {
    status: 400,
    phrase: 'Bad Request',
    error: 'http_request_error',
    details: 'malformed parameters',
  },
  'head-too-large': {
    status: 431,
    phrase: 'Request Header Fields Too Large',
    error: 'http_request_error',
    details: 'the request head is too large',
  },
  'head-timeout': {
    status: 408,
    phrase: 'Request Timeout',
    error: 'http_request_error',
    details: 'the request head took too long',
  },
  'credentials-missing': {
    status: 407,
    phrase: 'Proxy Authentication Required',
    error: 'http_request_denied',
    details: 'credentials required',
  },
  'credentials-wrong': {
    status: 407,
    phrase: 'Proxy Authentication Required',
    error: 'http_request_denied',
    details: 'wrong username or password',
  },
  'too-many-guesses': {
    status: 429,
    phrase: 'Too Many Requests',
    error: 'http_request_denied',
    details: 'too many wrong credentials from this address; try again in a minute',
  },
  'quota-exhausted': {
    status: 402,
    phrase: 'Payment Required',
    error: 'http_request_denied',
    details: 'quota exhausted',
  },
  'quota-held-elsewhere': {
    status: 503,
    phrase: 'Service Unavailable',
    error: 'proxy_internal_response',
    details: 'the rest of the quota is in use on other gateways',
  },
  'connection-limit': {
    status: 429,
    phrase: 'Too Many Requests',
    error: 'http_request_denied',
    details: 'connection limit of the subscription reached',
    retryAfterSeconds: 1,
  },
  'tunnel-limit': {
    status: 429,
    phrase: 'Too Many Requests',
    error: 'http_request_denied',
    details: 'limit of tunnels at once reached',
    retryAfterSeconds: 1,
  },
  'tunnel-rate': {
    status: 429,
    phrase: 'Too Many Requests',
    error: 'http_request_denied',
    details: 'limit of new tunnels a second reached',
    retryAfterSeconds: 1,
  },
  'destination-denied': {
    status: 403,
    phrase: 'Forbidden',
    error: 'http_request_denied',
    details: 'this account may not reach this destination',
  },
  'subuser-revoked': {
    status: 403,
    phrase: 'Forbidden',
    error: 'http_request_denied',
    details: 'this account may not be served',
  },
  'control-away': {
    status: 503,
    phrase: 'Service Unavailable',
    error: 'proxy_internal_error',
    details: 'accounts cannot be checked at the moment',
  },
  'too-many-connections': {
    status: 503,
    phrase: 'Service Unavailable',
    error: 'connection_limit_reached',
    details: 'too many connections',
  },
  'too-many-handshakes': {
    status: 503,
    phrase: 'Service Unavailable',
    error: 'connection_limit_reached',
    details: 'too many connections on which nobody was let in yet',
  },
  'no-exit-there': {
    status: 502,
    phrase: 'Bad Gateway',
    error: 'destination_not_found',
    details: 'no exit in the place asked for',
  },
  'no-exit': {
    status: 503,
    phrase: 'Service Unavailable',
    error: 'destination_unavailable',
    details: 'no exit serves this product',
  },
  'exits-full': {
    status: 503,
    phrase: 'Service Unavailable',
    error: 'connection_limit_reached',
    details: 'every exit carries as many connections as it may',
  },
  'exit-failed': {
    status: 502,
    phrase: 'Bad Gateway',
    error: 'destination_unavailable',
    details: 'the exit failed',
  },
  'exit-refuses-target': {
    status: 403,
    phrase: 'Forbidden',
    error: 'http_request_denied',
    details: 'the exit does not serve this destination',
  },
  'address-prohibited': {
    status: 403,
    phrase: 'Forbidden',
    error: 'destination_ip_prohibited',
    details: 'this destination is not served',
  },
  'port-prohibited': {
    status: 403,
    phrase: 'Forbidden',
    error: 'http_request_denied',
    details: 'this destination port is not served',
  },
  'name-not-found': {
    status: 502,
    phrase: 'Bad Gateway',
    error: 'dns_error',
    details: 'the destination name has no address',
  },
  'name-timeout': {
    status: 504,
    phrase: 'Gateway Timeout',
    error: 'dns_timeout',
    details: 'the destination name was not resolved in time',
  },
  'connect-refused': {
    status: 502,
    phrase: 'Bad Gateway',
    error: 'connection_refused',
    details: 'the destination refused the connection',
  },
  'connect-unroutable': {
    status: 502,
    phrase: 'Bad Gateway',
    error: 'destination_ip_unroutable',
    details: 'there is no route to the destination',
  },
  'connect-failed': {
    status: 502,
    phrase: 'Bad Gateway',
    error: 'destination_unavailable',
    details: 'the connection to the destination failed',
  },
  'connect-timeout': {
    status: 504,
    phrase: 'Gateway Timeout',
    error: 'connection_timeout',
    details: 'the destination did not answer in time',
  },
  'target-terminated': {
    status: 502,
    phrase: 'Bad Gateway',
    error: 'connection_terminated',
    details: 'the destination closed the connection before it answered',
  },
  'target-malformed': {
    status: 502,
    phrase: 'Bad Gateway',
    error: 'http_protocol_error',
    details: 'the destination sent a malformed response',
  },
  'target-head-too-large': {
    status: 502,
    phrase: 'Bad Gateway',
    error: 'http_response_header_section_size',
    details: 'the response head of the destination is too large',
  },
  'target-timeout': {
    status: 504,
    phrase: 'Gateway Timeout',
    error: 'http_response_timeout',
    details: 'the destination did not answer in time',
  },
} as const satisfies Record<string, Refusal>;

export type RefusalCode = keyof typeof REFUSALS;

export interface Refused {
  readonly code: RefusalCode;
  readonly details?: string;
}

export interface AnswerOptions {
  /** What is special about this case; replaces the general details. Plain ASCII. */
  readonly details?: string;
  readonly keepsClient: boolean;
  /** The request's method: an answer to HEAD has no body. */
  readonly method?: string;
}

const CHALLENGE = 'Proxy-Authenticate: Basic realm="headgate", charset="UTF-8"';

export function refusal(code: RefusalCode, options: AnswerOptions): Buffer {
  const { status, phrase, error, details: general, retryAfterSeconds }: Refusal = REFUSALS[code];
  const details = options.details ?? general;
  const body = `${status} ${phrase}: ${details}\n`;
  const lines = [
    `HTTP/1.1 ${status} ${phrase}`,
    `Proxy-Status: headgate; error=${error}; details="${details.replace(/["\\]/g, '\\$&')}"`,
  ];
  if (status === 407) lines.push(CHALLENGE);
  if (retryAfterSeconds !== undefined) lines.push(`Retry-After: ${retryAfterSeconds}`);
  lines.push(
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    `Connection: ${options.keepsClient ? 'keep-alive' : 'close'}`,
  );
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${options.method === 'HEAD' ? '' : body}`, 'latin1');
}

export const TUNNEL_ESTABLISHED = Buffer.from('HTTP/1.1 200 Connection Established\r\n\r\n', 'latin1');
