/** No command of the core changes something without saying so: read from the sources, so that a new one is seen too. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const core = path.resolve(import.meta.dirname, '../../src/core');
const sources = readdirSync(core, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'command.ts')
  .map((file) => ({ file, text: readFileSync(path.join(core, file), 'utf8') }));
const everything = sources.map(({ text }) => text).join('\n');

/** From an opening parenthesis to the one that closes it. */
function inParentheses(text: string, from: number): string {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return text.slice(from, at + 1);
  }
  return text.slice(from);
}

/** Every call of `commands.run`, whole. */
const commands = sources.flatMap(({ file, text }) =>
  [...text.matchAll(/commands\.run(?:<[^(]*>)?\(/g)].map((match) => ({
    file,
    call: inParentheses(text, match.index + match[0].length - 1),
  })),
);

/** Whether code notes something, itself or in what it hands its step to. */
function notes(code: string, seen = new Set<string>()): boolean {
  if (/\baudit(?:Act)?\(/.test(code)) return true;
  const helpers = [...code.matchAll(/(#?\w+)\((?:[^()]*,\s*)?(?:step|\{ tx[^}]*\baudit\b[^}]*\})\b/g)].map(
    (match) => match[1]!,
  );
  return helpers.some((name) => {
    if (seen.has(name)) return false;
    seen.add(name);
    const start = everything.search(
      new RegExp(`(?:function |async |^  )${name.replace('#', '#')}\\b[^;]*?\\{`, 'm'),
    );
    return start >= 0 && notes(everything.slice(start, start + 4000), seen);
  });
}

it('finds the commands', () => {
  expect(commands.length).toBeGreaterThan(50);
});

it('notes every one of them in the audit', () => {
  const silent = commands
    .filter(({ call }) => !notes(call))
    .map(({ file, call }) => `${file}: ${call.slice(0, 80).replace(/\s+/g, ' ')}`);
  expect(silent).toEqual([]);
});
