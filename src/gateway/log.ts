/** What the gateway writes down. Shaped like pino's methods, so that the server's logger fits as it is. */
export interface GatewayLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export const silentLog: GatewayLog = { info: () => {}, warn: () => {} };
