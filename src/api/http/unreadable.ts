/**
 * What cannot be read as HTTP at all reaches no route. It is answered here, and the connection ends: in the form of the dialect
 * it was meant for, where its first line can be told.
 */
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { DomainError } from '../../core/errors.ts';
import { type ErrorAnswer, JSON_TYPE } from './dialect.ts';

/** Node's report: a code, and the bytes at hand when reading failed, if any were. */
interface ReadError extends Error {
  code?: string;
  rawPacket?: Buffer | undefined;
}

export function answerUnreadable(
  answer: (path: string, error: DomainError) => ErrorAnswer,
): (error: Error, socket: Socket) => void {
  return (error, socket) => {
    const { code, rawPacket } = error as ReadError;
    // Nobody is there any more.
    if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const [, method, path = ''] = /^([A-Z-]+) (\S*)/.exec(rawPacket?.toString('latin1') ?? '') ?? [];
    const { status, body, contentType = JSON_TYPE } = answer(path, whatWasExpected(code));
    const text = JSON.stringify(body);
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: ${contentType}\r\n` +
        `Content-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${method === 'HEAD' ? '' : text}`,
      // Whatever else was sent will not be read.
      () => socket.destroy(),
    );
  };
}

function whatWasExpected(code: string | undefined): DomainError {
  const expected =
    code === 'HPE_HEADER_OVERFLOW'
      ? 'HTTP with at most 16 KiB of headers'
      : code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'complete in time'
        : 'valid HTTP';
  return new DomainError('MalformedBody', { what: 'request', expected });
}
