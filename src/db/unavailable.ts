/** Codes of the driver and of the operating system for a connection that is not there, or no longer. */
const CONNECTION_CODES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
]);

/**
 * Whether an error says that the database is away, starting, stopping or out of connections, rather than that a query was
 * wrong: trying again later may work. PostgreSQL's classes 08, 53 and 57P.
 */
export function isUnavailable(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return false;
  return CONNECTION_CODES.has(code) || /^(08|53|57P)/.test(code);
}
