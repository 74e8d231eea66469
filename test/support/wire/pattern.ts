/**
 * What wire fixtures are written in. In any text, also a field's name, `{{name}}` stands for a variable; alone in its text it
 * keeps the variable's type, and `{{name+1000}}` adds to a number. In expected bodies `<kind>` stands for any value of that
 * kind, and `<kind as name>` keeps it for what follows.
 */

export type Variables = Map<string, unknown>;

const ID_24 = '[0-9a-f]{24}';
const PUBLIC_ID = '[a-z2-9]{16}';

const TEXT_KINDS: Record<string, string> = {
  text: '.+',
  'iso-seconds': '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z',
  'iso-milliseconds': '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z',
  'subuser-id': `subuser-${PUBLIC_ID}`,
  'key-id': `key_${PUBLIC_ID}`,
  'event-id': `ev_${PUBLIC_ID}`,
  checkpoint: '\\S+\\n\\d+\\n[A-Za-z0-9+/]{43}=\\n\\n(— \\S+ \\S+\\n)+',
  hash: '[A-Za-z0-9+/]{43}=',
  'generated-password': '[A-Za-z0-9]{20}',
  token: 'hg_live_[A-Za-z0-9]{44}',
  'key-secret': 'vfc_live_[A-Za-z0-9]{44}',
  'key-hint': 'vfc_live_[A-Za-z0-9]{3}',
  'ledger-id': 'led_\\d+',
  'voucher-code': 'VFC(-[ACDEFGHJKLMNPQRSTUVWXYZ23456789]{4}){3}',
  ...Object.fromEntries(['su', 'sl', 'pl', 'rs', 'rb', 'ap', 'us'].map((kind) => [kind, `${kind}_${ID_24}`])),
};

const isTime = (value: unknown) => Number.isSafeInteger(value) && String(value).length === 13;

const VALUE_KINDS: Record<string, (value: unknown) => boolean> = {
  id: (value) => Number.isSafeInteger(value) && (value as number) > 0,
  hashes: (value) => Array.isArray(value) && value.every((item) => /^[A-Za-z0-9+/]{43}=$/.test(item)),
  index: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  'epoch-ms': isTime,
  'epoch-ms-or-null': (value) => value === null || isTime(value),
};

const PLACEHOLDER = /<([a-z-]+)(?: as (\w+))?>/;

/** Puts variables in. */
export function fill(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return fillText(value, variables);
  if (Array.isArray(value)) return value.map((item) => fill(item, variables));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [String(fillText(name, variables)), fill(item, variables)]),
  );
}

function fillText(text: string, variables: Variables): unknown {
  const alone = /^\{\{([^}]+)\}\}$/.exec(text);
  if (alone) return lookUp(alone[1]!, variables);
  return text.replace(/\{\{([^}]+)\}\}/g, (_match, name: string) => String(lookUp(name, variables)));
}

function lookUp(expression: string, variables: Variables): unknown {
  const [, name = '', added] = /^(\w+)(?:\+(\d+))?$/.exec(expression) ?? [];
  if (!variables.has(name)) throw new Error(`the fixture uses {{${expression}}}, which nothing has set`);
  const value = variables.get(name);
  return added === undefined ? value : Number(value) + Number(added);
}

/**
 * Where `actual` is not what the fixture expects, as sentences. Fields and their order count, and so do types. Keeps what
 * placeholders name, from first to last, so that a later field can stand for an earlier one.
 */
export function differences(pattern: unknown, actual: unknown, variables: Variables, at = 'body'): string[] {
  const expected = typeof pattern === 'string' ? fillText(pattern, variables) : pattern;
  if (typeof expected === 'string' && PLACEHOLDER.test(expected)) {
    return matchText(expected, actual, variables)
      ? []
      : [`${at}: expected ${expected}, got ${JSON.stringify(actual)}`];
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const lengths =
      expected.length === actual.length
        ? []
        : [`${at}: expected ${expected.length} entries, got ${actual.length}`];
    return [
      ...lengths,
      ...expected.flatMap((item, index) => differences(item, actual[index], variables, `${at}[${index}]`)),
    ];
  }
  if (isObject(expected) && isObject(actual)) {
    const entries = Object.entries(expected).map(
      ([name, item]) => [String(fillText(name, variables)), item] as const,
    );
    const [wanted, given] = [entries.map(([name]) => name), Object.keys(actual)];
    const order =
      JSON.stringify(wanted) === JSON.stringify(given)
        ? []
        : [`${at}: expected the fields ${wanted.join(', ')}, got ${given.join(', ')}`];
    return [
      ...order,
      ...entries.flatMap(([name, item]) => differences(item, actual[name], variables, `${at}.${name}`)),
    ];
  }
  return Object.is(expected, actual)
    ? []
    : [`${at}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`];
}

function matchText(expected: string, actual: unknown, variables: Variables): boolean {
  const [whole, kind = '', name] = PLACEHOLDER.exec(expected)!;
  const isValue = VALUE_KINDS[kind];
  if (isValue) {
    if (whole !== expected) throw new Error(`${whole} stands for a number and must stand alone`);
    if (!isValue(actual)) return false;
    if (name !== undefined) variables.set(name, actual);
    return true;
  }
  const names: (string | undefined)[] = [];
  const pattern = expected
    .split(/(<[a-z-]+(?: as \w+)?>)/)
    .map((part) => {
      const [, textKind, textName] = PLACEHOLDER.exec(part) ?? [];
      if (textKind === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      if (TEXT_KINDS[textKind] === undefined) throw new Error(`the fixture knows no <${textKind}>`);
      names.push(textName);
      return `(?<part${names.length - 1}>${TEXT_KINDS[textKind]})`;
    })
    .join('');
  const match = typeof actual === 'string' ? new RegExp(`^${pattern}$`).exec(actual) : null;
  if (!match) return false;
  for (const [index, textName] of names.entries()) {
    if (textName !== undefined) variables.set(textName, match.groups![`part${index}`]);
  }
  return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
