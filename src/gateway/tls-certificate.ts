/**
 * The certificate and its key come from two PEM files, which are looked at from time to time: a renewed pair serves new
 * connections from then on. A pair that cannot be used, or half of a new one, changes nothing.
 */
import { constants, createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import tls from 'node:tls';
import type { GatewayLog } from './log.ts';
import type { Timer, Timers } from './timers.ts';

export interface TlsFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** The message says which file, and what is wrong with it. */
export class TlsFilesUnusable extends Error {
  override name = 'TlsFilesUnusable';
}

/** As the options of a server have it. */
export interface TlsPem {
  readonly cert: string;
  readonly key: string;
}

interface Pair {
  readonly certificate: string;
  readonly key: string;
  readonly context: tls.SecureContext;
}

/** The certificate and its key, as they are at the moment. */
export class TlsCertificate {
  readonly #files: TlsFiles;
  readonly #timers: Timers;
  readonly #everyMs: number;
  readonly #log: GatewayLog;
  #renewed: (pem: TlsPem) => void = () => {};
  #pair: Pair | undefined;
  /** The last complaint, so that each is made once. */
  #complaint = '';
  #timer: Timer | undefined;
  #isStopped = false;

  constructor(files: TlsFiles, timers: Timers, everyMs: number, log: GatewayLog) {
    this.#files = files;
    this.#timers = timers;
    this.#everyMs = everyMs;
    this.#log = log;
  }

  /** Rejects with what is wrong when there is nothing to start with. */
  async start(): Promise<void> {
    this.#pair = await loadPair(this.#files);
    this.#lookAgain();
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  get context(): tls.SecureContext {
    return this.#pair!.context;
  }

  get pem(): TlsPem {
    const { certificate, key } = this.#pair!;
    return { cert: certificate, key };
  }

  /** Told of every other pair from now on. */
  onRenewed(renewed: (pem: TlsPem) => void): void {
    this.#renewed = renewed;
  }

  #lookAgain(): void {
    if (this.#isStopped) return;
    this.#timer = this.#timers.after(this.#everyMs, () => void this.#reload().then(() => this.#lookAgain()));
  }

  async #reload(): Promise<void> {
    try {
      const pair = await loadPair(this.#files, this.#pair);
      this.#complaint = '';
      if (pair === this.#pair) return;
      this.#pair = pair;
      this.#renewed(this.pem);
      this.#log.info({ certificate: this.#files.certificateFile }, 'a new TLS certificate is in use');
    } catch (error) {
      const complaint = String(error);
      if (complaint !== this.#complaint)
        this.#log.warn({ err: error }, 'the TLS files cannot be used; the certificate from before stays');
      this.#complaint = complaint;
    }
  }
}

/** Answers `current` when the files are as they were. */
async function loadPair(files: TlsFiles, current?: Pair): Promise<Pair> {
  const certificate = await readPem('TLS certificate', files.certificateFile);
  const key = await readPem('TLS key', files.keyFile);
  if (certificate === current?.certificate && key === current.key) return current;
  const leaf = parsed('TLS certificate', files.certificateFile, () => new X509Certificate(certificate));
  const privateKey = parsed('TLS key', files.keyFile, () => createPrivateKey(key));
  if (!leaf.checkPrivateKey(privateKey)) {
    throw new TlsFilesUnusable(
      `the TLS key ${files.keyFile} does not belong to the certificate ${files.certificateFile}`,
    );
  }
  const context = parsed('TLS certificate', files.certificateFile, () =>
    tls.createSecureContext({
      cert: certificate,
      key,
      minVersion: 'TLSv1.2',
      secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
    }),
  );
  return { certificate, key, context };
}

async function readPem(what: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new TlsFilesUnusable(`the ${what} ${file} cannot be read: ${(error as Error).message}`);
  }
}

function parsed<Value>(what: string, file: string, parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    throw new TlsFilesUnusable(
      `the ${what} ${file} is not a PEM that can be used: ${(error as Error).message}`,
    );
  }
}
