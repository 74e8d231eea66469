/** The console's words: the same in all languages, and none that nobody says. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { de } from '../../web/src/texts/de/index.ts';
import { en } from '../../web/src/texts/en/index.ts';

type Texts = { [key: string]: string | Texts };

function flat(texts: Texts, above = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([name, value]) =>
    typeof value === 'string' ? [[above + name, value] as const] : flat(value, `${above}${name}.`),
  ) as [string, string][];
}
const english = flat(en);
const german = new Map(flat(de));
/** `{{count, number}}` → `count`. */
const valuesIn = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).toSorted();

test('every text is there in German, with the same values in it, and no other is', () => {
  expect([...german.keys()].toSorted()).toEqual(english.map(([key]) => key).toSorted());
  const wrong = english.filter(([key, text]) => {
    const other = german.get(key)!;
    return other.trim() === '' || valuesIn(other).join() !== valuesIn(text).join();
  });
  expect(wrong).toEqual([]);
});

test('every text is said somewhere', () => {
  const source = path.resolve(import.meta.dirname, '../../web/src');
  const said = new Set<string>();
  const patterns: RegExp[] = [];
  for (const file of globSync('**/*.{ts,tsx}', { cwd: source })) {
    if (file.startsWith('texts/') || file.endsWith('.gen.ts')) continue;
    const code = readFileSync(path.join(source, file), 'utf8');
    for (const [, key] of code.matchAll(/'([\w-]+(?:\.[\w-]+)*)'/g)) said.add(key!);
    for (const [, key] of code.matchAll(/`([\w-]+\.[^`\s]*\$\{[^`]*)`/g)) {
      const parts = key!.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.'));
      patterns.push(new RegExp(`^${parts.join('[\\w.-]+')}$`));
    }
  }
  const unsaid = english
    .map(([key]) => key.replace(/_(one|other)$/, ''))
    .filter((key) => !said.has(key) && !patterns.some((pattern) => pattern.test(key)));
  expect(unsaid).toEqual([]);
});
