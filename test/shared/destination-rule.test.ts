import { describe, expect, test } from 'vitest';
import { RuleBook } from '../../src/gateway/rules.ts';
import { formatDestinationRule, parseDestinationRule } from '../../src/shared/destination-rule.ts';

describe('destination rules', () => {
  test.each([
    ['Example.COM', 'example.com'],
    ['example.com.', 'example.com'],
    ['*.Example.com', '*.example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['example.com:443', 'example.com:443'],
    ['*.example.com:8000-8999', '*.example.com:8000-8999'],
    ['203.0.113.77/24', '203.0.113.0/24'],
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7/32:80', '203.0.113.7:80'],
    ['2001:DB8::1/32', '2001:db8::/32'],
    ['[2001:db8::/32]:443', '[2001:db8::/32]:443'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['::ffff:203.0.113.0/120', '203.0.113.0/24'],
    [':25', '*:25'],
    ['*:1-65535', '*'],
    ['*', '*'],
  ])('%s is %s', (text, canonical) => {
    const rule = parseDestinationRule(text)!;
    expect(formatDestinationRule(rule)).toBe(canonical);
    expect(formatDestinationRule(parseDestinationRule(canonical)!)).toBe(canonical);
  });

  test.each([
    '',
    ' ',
    'a b',
    '*.',
    'x.*.com',
    'exa_mple..com',
    'example.com:0',
    'example.com:65536',
    'example.com:9-8',
    'example.com:1e3',
    '10.0.0.0/33',
    '010.0.0.1',
    '127.1',
    '0x7f000001',
    '[2001:db8::/32]x',
    'fe80::1%eth0',
    'http://example.com',
    'example.com/path',
    'a'.repeat(301),
  ])('%j is none', (text) => {
    expect(parseDestinationRule(text)).toBeUndefined();
  });

  const at = (text: string) => {
    const [, host = '', port] = /^(.*):(\d+)$/.exec(text)!;
    return { host, port: Number(port) };
  };

  test('deny wins; names, ports, and names below', () => {
    const book = new RuleBook([{ allow: ['*.example.com', '*:80'], deny: ['bad.example.com', '*:8080'] }]);
    expect(book.prohibits(at('www.example.com:443'))).toBe(false);
    expect(book.prohibits(at('a.b.example.com.:443'))).toBe(false);
    expect(book.prohibits(at('example.com:443'))).toBe(true);
    expect(book.prohibits(at('notexample.com:443'))).toBe(true);
    expect(book.prohibits(at('other.test:80'))).toBe(false);
    expect(book.prohibits(at('bad.example.com:80'))).toBe(true);
    expect(book.prohibits(at('www.example.com:8080'))).toBe(true);
  });

  test('addresses, given as such or found by a name, in every way of writing them', () => {
    const book = new RuleBook([{ allow: [], deny: ['203.0.113.0/24', '2001:db8:1::/48'] }]);
    expect(book.prohibits(at('203.0.113.9:443'))).toBe(true);
    expect(book.prohibits(at('203.0.114.9:443'))).toBe(false);
    expect(book.prohibits(at('::ffff:203.0.113.9:443'))).toBe(true);
    expect(book.prohibits(at('64:ff9b::cb00:7109:443'))).toBe(true);
    expect(book.prohibits(at('2002:cb00:7109::1:443'))).toBe(true);
    expect(book.prohibits(at('2001:db8:1::5:443'))).toBe(true);
    const name = at('www.test:443');
    expect(book.prohibits(name)).toBe(false);
    expect(book.permits(name, '203.0.113.9')).toBe(false);
    expect(book.permits(name, '198.51.100.1')).toBe(true);
  });

  test('an allowed network lets a name pass only at its addresses', () => {
    const book = new RuleBook([{ allow: ['203.0.113.0/24:443'], deny: [] }]);
    expect(book.prohibits(at('www.test:443'))).toBe(false);
    expect(book.prohibits(at('www.test:80'))).toBe(true);
    expect(book.permits(at('www.test:443'), '203.0.113.9')).toBe(true);
    expect(book.permits(at('www.test:443'), '198.51.100.1')).toBe(false);
  });

  test('every level must let it pass', () => {
    const book = new RuleBook([
      { allow: [], deny: ['*:25'] },
      { allow: ['*.example.com'], deny: [] },
      { allow: ['*:443'], deny: [] },
    ]);
    expect(book.prohibits(at('www.example.com:443'))).toBe(false);
    expect(book.prohibits(at('www.example.com:80'))).toBe(true);
    expect(book.prohibits(at('www.test:443'))).toBe(true);
    expect(book.prohibits(at('www.example.com:25'))).toBe(true);
  });
});
