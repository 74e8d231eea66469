/** A limit on everything. Each may be overridden where the gateway is created; tests make them short. */
export interface GatewayLimits {
  /** Client connections at once; one more is answered 503. */
  clientConnections: number;
  /** Of these, on which nobody was let in yet; one more is answered 503. */
  handshakes: number;
  /** The same from one address. */
  handshakesPerAddress: number;
  /** Tunnels and requests of one subuser or subscription at once, whatever its own limit: the others have room left. */
  tunnelsOfOne: number;
  /** From the connection, or from a request's first byte, to the end of its head. */
  headTimeoutMs: number;
  /** A kept-alive client connection with no request. */
  keepAliveTimeoutMs: number;
  requestHeadBytes: number;
  responseHeadBytes: number;
  requestHeadFields: number;
  responseHeadFields: number;
  /** Request body thrown away so that the connection survives a refusal; a longer one costs the connection. */
  refusedBodyBytes: number;

  dnsTimeoutMs: number;
  /** Names that the system's resolver is asked about at once. bin/keeper.mjs sees to as many threads, and some more. */
  lookupsAtOnce: number;
  /** Of these, for one subuser or subscription, once half of them are in use. */
  lookupsOfOne: number;
  /** All addresses of a destination together. */
  connectTimeoutMs: number;
  /** Addresses of one destination that are tried. */
  connectAddresses: number;

  /** A TCP connection to an upstream proxy. */
  exitConnectMs: number;
  /** One upstream proxy: the connection to it, and its own to the target. */
  exitAttemptMs: number;
  /** All exits that are tried for one connection. */
  exitTotalMs: number;
  exitAttempts: number;
  /** Failures of its own, one after the other, that eject an exit. */
  exitFailures: number;
  /** Destinations, one after the other, for which it did not say what is wrong. */
  exitUnclearFailures: number;
  /** How long it is out for the first time; each further time twice as long. */
  exitEjectMs: number;
  exitEjectMaxMs: number;
  exitCheckEveryMs: number;
  /** Exits could not be asked for: until the next question. */
  exitReloadMs: number;
  /** Pause between two reports of how the exits do. */
  exitReportMs: number;
  /** An upstream's own name is looked up again after this. */
  exitNameTtlMs: number;

  /** Neither direction moved. */
  tunnelIdleMs: number;
  /** Neither direction moved, and one of them has ended. */
  halfClosedIdleMs: number;
  /** A closing connection: time for the peer to take what was written to it. */
  flushTimeoutMs: number;
  /** A closing connection, all written: time for the peer to close, while what it sends is thrown away. */
  lingerMs: number;
  /** A closing connection: bytes thrown away before reading stops. */
  lingerDiscardBytes: number;

  /** Between usage reports, which are also the session's heartbeat. */
  reportEveryMs: number;
  /** Between looks for journals that others left behind. */
  recoverEveryMs: number;
  /** So long, no session is opened before what ended ones relayed is reported. */
  recoverFirstMs: number;
  /** A call over the control link that has not answered is taken for lost. */
  linkCallTimeoutMs: number;
  /** First lease of a subuser; then a few seconds of its traffic between floor and ceiling. */
  firstLeaseBytes: number;
  leaseFloorBytes: number;
  leaseCeilingBytes: number;
  leaseSeconds: number;
  /** No tunnel left: the lease is returned after this. */
  leaseUnusedMs: number;
  /** Tunnels, but no traffic: the lease is returned after this and taken again on the next byte. */
  leaseQuietMs: number;
  /** A tunnel without allowance (link away, or quota held by other gateways) is paused this long, then closed. */
  pauseLimitMs: number;
  /** A new tunnel waits this long for allowance. */
  admissionLimitMs: number;
  /** The same while the control link is away. */
  awayLimitMs: number;

  /** A seat of a subscription that lies idle so long is given back, after at most twice as long. */
  seatIdleMs: number;
  /** What other gateways were asked to give back is with the control side after this. */
  seatRecallMs: number;
  /** All seats are in use here: so long, newcomers are refused without asking again. */
  seatRefusalMs: number;

  credentialEntries: number;
  credentialTtlMs: number;
  /** While the link is away, a known credential serves this long after it was last confirmed. */
  credentialStaleMs: number;
  refusalTtlMs: number;
  /** An address may be wrong about credentials so often within the window; then its guesses are refused unseen. */
  guessFailures: number;
  guessWindowMs: number;
  /** Addresses whose failures are remembered. */
  guessEntries: number;
  /** Logins, each with an address that it was let in from, that are remembered; 4 bytes for each. */
  letInEntries: number;

  /** Between looks at the files of the TLS certificate and its key. */
  tlsFilesEveryMs: number;
}

export const DEFAULT_LIMITS: Readonly<GatewayLimits> = Object.freeze({
  clientConnections: 20_000,
  handshakes: 10_000,
  handshakesPerAddress: 2_000,
  tunnelsOfOne: 10_000,
  headTimeoutMs: 10_000,
  keepAliveTimeoutMs: 60_000,
  requestHeadBytes: 16 * 1024,
  responseHeadBytes: 64 * 1024,
  requestHeadFields: 100,
  responseHeadFields: 500,
  refusedBodyBytes: 1024 * 1024,

  dnsTimeoutMs: 5_000,
  lookupsAtOnce: 64,
  lookupsOfOne: 8,
  connectTimeoutMs: 10_000,
  connectAddresses: 8,

  exitConnectMs: 5_000,
  exitAttemptMs: 15_000,
  exitTotalMs: 30_000,
  exitAttempts: 3,
  exitFailures: 3,
  exitUnclearFailures: 5,
  exitEjectMs: 5_000,
  exitEjectMaxMs: 300_000,
  exitCheckEveryMs: 15_000,
  exitReloadMs: 1_000,
  exitReportMs: 2_000,
  exitNameTtlMs: 30_000,

  tunnelIdleMs: 300_000,
  halfClosedIdleMs: 60_000,
  flushTimeoutMs: 30_000,
  lingerMs: 5_000,
  lingerDiscardBytes: 1024 * 1024,

  reportEveryMs: 1_000,
  recoverEveryMs: 5_000,
  recoverFirstMs: 30_000,
  linkCallTimeoutMs: 5_000,
  firstLeaseBytes: 1_000_000,
  leaseFloorBytes: 256 * 1024,
  leaseCeilingBytes: 1_000_000_000,
  leaseSeconds: 4,
  leaseUnusedMs: 30_000,
  leaseQuietMs: 30_000,
  pauseLimitMs: 30_000,
  admissionLimitMs: 10_000,
  awayLimitMs: 2_000,

  seatIdleMs: 250,
  seatRecallMs: 50,
  seatRefusalMs: 1_000,

  credentialEntries: 50_000,
  credentialTtlMs: 60_000,
  credentialStaleMs: 600_000,
  refusalTtlMs: 1_000,
  guessFailures: 20,
  guessWindowMs: 60_000,
  guessEntries: 50_000,
  letInEntries: 1_048_576,

  tlsFilesEveryMs: 10_000,
});
