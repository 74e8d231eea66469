/** What the reseller's console makes of files of subusers, and of a way to connect. */
import { describe, expect, it } from 'vitest';
import { outcomeOf, readLines, resultFile } from '../../web/src/reseller/subusers/bulk.ts';
import { type Connection, connectionText } from '../../web/src/reseller/subusers/connection.ts';
import { run } from '../support/run.ts';

describe('a file of subusers', () => {
  it('is separated by what separates the names of its first line, and by nothing else', () => {
    const commas =
      'username,email,password,residential,mobile\r\nanna,a@x.example,pass;word\t1,"1,5 GB",\r\n';
    const semicolons =
      '\uFEFFusername;email;password;residential;mobile\nanna;a@x.example;pass,word1;1,5 GB;2.500 GB\n';
    const tabs = 'username\tpassword\nanna\tpass,word;1';
    expect(readLines(commas).lines[0]).toMatchObject({
      password: 'pass;word\t1',
      bytes: { residential: 1_500_000_000 },
    });
    const [anna] = readLines(semicolons).lines;
    // 2.5 GB or 2500 GB: not guessed.
    expect(anna).toMatchObject({
      password: 'pass,word1',
      bytes: { residential: 1_500_000_000 },
      fault: 'mobile',
    });
    expect(readLines(tabs).lines[0]).toMatchObject({ line: 2, password: 'pass,word;1' });
  });

  it('keeps its good lines beside broken ones, and says which those are', () => {
    const { lines, unknownColumns } = readLines(
      [
        'username,residental,residential,mobile',
        'anna,,1,5 GB,',
        '',
        ',,1 GB,',
        'ot"to,,a lot,',
        '"berta",,2,',
        'carl',
      ].join('\n'),
    );
    expect(unknownColumns).toEqual(['residental']);
    expect(lines.map(({ line, username, fault }) => [line, username, fault])).toEqual([
      [2, 'anna', 'fields'],
      [4, '', 'username'],
      [5, 'ot"to', 'residential'],
      [6, 'berta', undefined],
      [7, 'carl', undefined],
    ]);
    const outcomes = new Map([
      [2, { status: 'unreadable' as const, fault: 'fields' as const }],
      [
        7,
        outcomeOf({
          status: 'refused',
          problem: { code: 'username_taken', detail: 'carl is taken' },
        } as never),
      ],
    ]);
    expect(resultFile(lines, outcomes).split('\r\n')).toEqual([
      'line,username,status,password,problem',
      '2,anna,unreadable,,fields',
      '4,,not sent,,',
      '5,"ot""to",not sent,,',
      '6,berta,not sent,,',
      '7,carl,refused,,carl is taken',
      '',
    ]);
  });

  it('has a line with a field beyond measure left out, not those beside it', () => {
    const { lines } = readLines(
      `username,password\n${'x'.repeat(1_000_000)},\notto,${'y'.repeat(1_001)}\nida,\n`,
    );
    expect(lines.map(({ username, fault }) => [username.length, fault])).toEqual([
      [1_000, 'username'],
      [4, 'password'],
      [3, undefined],
    ]);
  });

  it('is refused whole where a quote swallows the rest, with its line', () => {
    expect(() => readLines('a'.repeat(15_000_000))).toThrow(/noUsername/);
    expect(() => readLines('username\n"anna\notto\n')).toThrow(/notCsv .*line 2|notCsv .*line 3/);
  });
});

describe('a way to connect', () => {
  const connection: Connection = {
    host: '[2001:db8::1]',
    port: 3128,
    username: 'ACME_anna',
    password: `a!b'(c)*$HOME\`id\`"\\:@%~;&|<>#?_country-de`,
    product: 'mobile',
    country: 'DE',
    session: 'AB12CD34',
    lifetime: 30,
  };
  const login = 'ACME_anna-product-mobile-country-de-session-AB12CD34-lifetime-30';

  it.each(['http', 'socks5'] as const)(
    'as %s is one word for a shell, and gives back what it was made of',
    async (kind) => {
      const text = connectionText(kind, connection);
      const { stdout } = await run('bash', ['-c', `printf '%s' ${text}`]);
      const url = new URL(stdout);
      expect(stdout).toBe(text);
      expect(decodeURIComponent(url.username)).toBe(login);
      expect(decodeURIComponent(url.password)).toBe(connection.password);
      expect(url.host).toBe('[2001:db8::1]:3128');
    },
  );

  it('as curl gives it name and password unchanged', async () => {
    const text = connectionText('curl', connection);
    const { stdout } = await run('bash', ['-c', `curl() { printf '%s\\n' "$@"; }; ${text}`]);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      '-x',
      'http://[2001:db8::1]:3128',
      '-U',
      `${login}:${connection.password}`,
    ]);
  });
});
