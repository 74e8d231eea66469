import path from 'node:path';
import { run } from './gateway/run.ts';

export interface PemFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** A certificate for localhost and 127.0.0.1 that vouches for itself, made by the openssl command line. */
export async function makeCertificate(folder: string, name = 'server'): Promise<PemFiles> {
  const keyFile = path.join(folder, `${name}.key.pem`);
  const certificateFile = path.join(folder, `${name}.pem`);
  const { code, stderr } = await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ...['-keyout', keyFile, '-out', certificateFile],
  ]);
  if (code !== 0) throw new Error(`openssl made no certificate: ${stderr}`);
  return { certificateFile, keyFile };
}
