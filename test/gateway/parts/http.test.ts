import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyReader } from '../../../src/gateway/http/body.ts';
import {
  everyField,
  HeadCollector,
  MalformedMessage,
  parseRequestHead,
} from '../../../src/gateway/http/head.ts';
import { requestToTarget } from '../../../src/gateway/http/rewrite.ts';
import { parseAbsoluteTarget } from '../../../src/gateway/http/target.ts';

/** The same bytes, cut at other places. */
function pieces(bytes: Buffer, cuts: number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

const cuts = fc.array(fc.nat(), { maxLength: 20 });

describe('chunked bodies', () => {
  /** What a reader makes of a stream: where the body ended and what was in it, or that it is malformed. */
  function read(stream: Buffer[]): { consumed: number; isComplete: boolean; content: string } | 'malformed' {
    const reader = bodyReader({ kind: 'chunked' });
    let consumed = 0;
    let content = '';
    try {
      for (const bytes of stream) {
        consumed += reader.read(bytes, (piece) => {
          content += piece.toString('latin1');
        });
      }
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedMessage);
      return 'malformed';
    }
    return { consumed, isComplete: reader.isComplete, content };
  }

  test('are found whole, wherever the stream is cut, and nothing behind them is taken', () => {
    const chunks = fc.array(
      fc.string({ minLength: 1, maxLength: 40 }).map((text) => Buffer.from(text)),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(chunks, cuts, (contents, places) => {
        const body = Buffer.concat([
          ...contents.flatMap((content) => [
            Buffer.from(`${content.length.toString(16)}\r\n`),
            content,
            Buffer.from('\r\n'),
          ]),
          Buffer.from('0\r\nX-Trailer: 1\r\n\r\n'),
        ]);
        const stream = Buffer.concat([body, Buffer.from('GET http://next/')]);
        expect(read(pieces(stream, places))).toEqual({
          consumed: body.length,
          isComplete: true,
          content: Buffer.concat(contents).toString('latin1'),
        });
      }),
    );
  });

  test('whatever comes is read the same way, wherever it is cut', () => {
    const noise = fc
      .array(fc.constantFrom('0', '3', 'a', 'F', ';', ' ', '\r', '\n', '\r\n', 'abc', 'X: y', ':', '\0'), {
        maxLength: 25,
      })
      .map((parts) => Buffer.from(parts.join('')));
    fc.assert(
      fc.property(noise, cuts, (stream, places) => {
        expect(read(pieces(stream, places))).toEqual(read([stream]));
      }),
    );
  });
});

describe('heads', () => {
  test('are read the same way, wherever the stream is cut', () => {
    const text = 'GET http://a/ HTTP/1.1\r\nHost: a\r\nX:  padded \t\r\nEmpty:\r\n\r\n';
    fc.assert(
      fc.property(cuts, (places) => {
        const collector = new HeadCollector(1024);
        for (const bytes of pieces(Buffer.from(`${text}rest`), places)) {
          const head = collector.push(bytes);
          if (head === undefined) continue;
          expect(
            everyField(parseRequestHead(head.text, 10)).map(({ lower, value }) => [lower, value]),
          ).toEqual([
            ['host', 'a'],
            ['x', 'padded'],
            ['empty', ''],
          ]);
          expect('rest'.startsWith(head.rest.toString())).toBe(true);
          return;
        }
        expect.unreachable('the head was never complete');
      }),
    );
  });

  test('long runs of blanks cost no more than their length', () => {
    // With the square of it, this would not end.
    const text = `GET http://a/ HTTP/1.1\r\nX: a${' '.repeat(1_000_000)}b\r\n`;
    expect(everyField(parseRequestHead(text, 10))[0]!.value).toHaveLength(1_000_002);
  });

  test('what a proxy need not know of is passed on as it stands, and all else as it is meant', () => {
    const text = [
      'GET http://a.example/x HTTP/1.1',
      'Accept: */*',
      'HOST: b.example',
      'X-One:1',
      'X-Two: 2 \t',
      'X-Empty:',
      'Proxy-Authorization: Basic eDp5',
      'connection: X-Mine, close',
      'x-mine: only for the next',
      'Close: only for the next',
      'Te: gzip, trailers',
      'Expect: 100-continue',
      'Last:  kept',
    ].join('\r\n');
    const head = parseRequestHead(`${text}\r\n`, 20);
    const target = parseAbsoluteTarget(head.method, head.target);
    expect(requestToTarget(head, target, false).toString('latin1').split('\r\n')).toEqual([
      'GET /x HTTP/1.1',
      'Host: a.example',
      'Accept: */*',
      'X-One: 1',
      'X-Two: 2',
      'X-Empty: ',
      'Expect: 100-continue',
      'Last: kept',
      'TE: trailers',
      'Connection: TE',
      '',
      '',
    ]);
  });

  test('every byte of a field is judged', () => {
    const names = fc.string({ unit: fc.constantFrom('a', 'H', 'host', '-', '!', ' ', '\0', '\x80', '(') });
    const values = fc.string({
      unit: fc.constantFrom('a', ' ', '\t', '\xff', '\0', '\r', '\n', '\x7f', ':'),
    });
    fc.assert(
      fc.property(names, values, (name, value) => {
        const read = () => parseRequestHead(`GET http://a/ HTTP/1.1\r\nX: 1\r\n${name}:${value}\r\n`, 10);
        const isSound = /^[-a-zA-Z0-9!]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
        if (!isSound) {
          // Line ends may make two sound fields of one: those are left out.
          if (!value.includes('\r\n')) expect(read).toThrow(MalformedMessage);
          return;
        }
        const [, field] = everyField(read());
        expect([field!.name, field!.value]).toEqual([name, value.replace(/^[ \t]+|[ \t]+$/g, '')]);
      }),
    );
  });
});
