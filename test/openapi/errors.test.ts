/** docs/errors.md says of every error what the dialects' tables say, and of no other. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ANSWERS as ECLIPSEPROXY } from '../../src/api/dialects/eclipseproxy/errors.ts';
import { ANSWERS as GHOSTEALTH } from '../../src/api/dialects/ghostealth/errors.ts';
import { ANSWERS as INFINITEPROXIES } from '../../src/api/dialects/infiniteproxies/errors.ts';
import { ANSWERS as VPSCTRL } from '../../src/api/dialects/vpsctrl/errors.ts';
import { problemCode, STATUSES } from '../../src/api/http/problem.ts';
import { ERROR_CODES, type ErrorCode } from '../../src/core/errors.ts';

const root = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(root, 'docs/errors.md'), 'utf8');
const rows = [...page.matchAll(/^\| `([A-Z]\w+)` \| (.*) \|$/gm)].map(([, code, rest]) => {
  const [meaning, remedy, eclipseproxy, infiniteproxies, vpsctrl, ghostealth, own] = rest!.split(' | ');
  return {
    code: code as ErrorCode,
    meaning,
    remedy,
    eclipseproxy,
    infiniteproxies,
    vpsctrl,
    ghostealth,
    own,
  };
});

/** A cell's status and what stands in backticks behind it. */
function readCell(cell: string | undefined): { status: number; texts: string[] } {
  const [, status, rest] = /^(\d{3}) (`.*`)$/.exec(cell ?? '') ?? [];
  return { status: Number(status), texts: rest?.slice(1, -1).split('`, `') ?? [] };
}

/** Every code that a dialect's table of errors spells out. */
function codesIn(dialect: string, pattern: RegExp): string[] {
  const source = readFileSync(path.join(root, `src/api/dialects/${dialect}/errors.ts`), 'utf8');
  const table = source.slice(0, source.indexOf('export const REFERENCE'));
  return [...new Set([...table.matchAll(pattern)].map(([, code]) => code!))];
}

it('lists every error once, in the order of the code, and no other', () => {
  expect(rows.map(({ code }) => code)).toEqual(ERROR_CODES);
});

it('says what each means and what to do', () => {
  for (const { code, meaning, remedy } of rows) {
    expect(meaning, code).toMatch(/\.$/);
    expect(remedy?.length, code).toBeGreaterThan(5);
  }
});

describe('the columns', () => {
  it.each(ERROR_CODES)('have the status and code that %s becomes', (code) => {
    const row = rows.find((entry) => entry.code === code)!;
    const eclipseproxy = readCell(row.eclipseproxy);
    expect(eclipseproxy.status).toBe(ECLIPSEPROXY[code].status);
    expect(eclipseproxy.texts).toContain(ECLIPSEPROXY[code].messageCode);
    const ghostealth = readCell(row.ghostealth);
    expect(ghostealth).toEqual({ status: GHOSTEALTH[code].status, texts: [GHOSTEALTH[code].code] });
    expect(readCell(row.own)).toEqual({ status: STATUSES[code], texts: [problemCode(code)] });
    const vpsctrl = readCell(row.vpsctrl);
    expect(vpsctrl.status).toBe(VPSCTRL[code].status);
    // Which of its three a voucher has become is told apart there.
    if (code !== 'VoucherUnusable') expect(vpsctrl.texts).toEqual([VPSCTRL[code].error]);
    const infiniteproxies = readCell(row.infiniteproxies);
    expect(infiniteproxies.status).toBe(INFINITEPROXIES[code].status);
    const { message } = INFINITEPROXIES[code];
    if (message !== undefined) expect(infiniteproxies.texts).toEqual([message]);
  });

  it('have every code of the tables of EclipseProxy, VPSCtrl and Ghostealth, and none that is imaginary', () => {
    const shown = (column: 'eclipseproxy' | 'vpsctrl' | 'ghostealth') =>
      [...new Set(rows.flatMap((row) => readCell(row[column]).texts))].sort();
    const screaming = /'([A-Z]+(?:_[A-Z]+)*)'/g;
    expect(shown('eclipseproxy')).toEqual(codesIn('eclipseproxy', screaming).sort());
    expect(shown('ghostealth')).toEqual(codesIn('ghostealth', screaming).sort());
    const spelled = codesIn('vpsctrl', /(?:error|expired|'used-up'|'already-redeemed'): '([a-z_]+)'/g);
    expect(shown('vpsctrl')).toEqual(spelled.filter((error) => error !== 'voucher_unusable').sort());
  });
});
