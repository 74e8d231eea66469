/**
 * How an upstream wants parameters spelled in its username or password: `{username}-country-{country}-session-{session}`.
 *
 *   template      = *( text / placeholder / "[" 1*( text / placeholder ) "]" )
 *   placeholder   = "{" name [ ":" spelling ] "}"
 *
 * `{username}` and `{password}` are the stored ones. Any other placeholder may have no value, and then leaves its part out: what
 * stands between brackets around it, or, without brackets, the text between it and the placeholder or bracket before it.
 */
import { compact, PLACE_KEYS } from './exits.ts';

const SPELLINGS = {
  /** In capital letters. */
  upper: (value: string) => compact(value).toUpperCase(),
  underscore: (value: string) => value.replace(/[ ._-]+/g, '_'),
  hyphen: (value: string) => value.replace(/[ ._-]+/g, '-'),
} as const;
type Spelling = keyof typeof SPELLINGS;

export const PARAMETER_NAMES = [...PLACE_KEYS, 'session', 'lifetime', 'product'] as const;
export type ParameterName = (typeof PARAMETER_NAMES)[number];
export type CredentialName = 'username' | 'password';

export type TemplateValues = Partial<Record<ParameterName | CredentialName, string>>;

interface Placeholder {
  readonly name: ParameterName | CredentialName;
  readonly spelling: Spelling | undefined;
}

/** Left out as one when a placeholder in it has no value. */
type Part = readonly (string | Placeholder)[];

export interface Template {
  readonly parts: readonly Part[];
  /** What it can pass on. */
  readonly names: ReadonlySet<ParameterName | CredentialName>;
}

export type ParsedTemplate =
  | { kind: 'template'; template: Template }
  /** Completes "… must be …". */
  | { kind: 'malformed'; expected: string };

/** `credential`: the stored text that may stand in it. */
export function parseTemplate(text: string, credential: CredentialName): ParsedTemplate {
  const names = new Set<ParameterName | CredentialName>();
  const parts: Part[] = [];
  const spellings = new Set<Spelling>();
  let literals = '';
  for (const [, bracketed, outside] of text.matchAll(/\[([^[\]]*)\]|([^[\]]+|[[\]])/g)) {
    const pieces = piecesOf(bracketed ?? outside!, credential);
    if (pieces === undefined) return malformed(credential);
    for (const piece of pieces) {
      if (typeof piece === 'string') literals += piece;
      else {
        names.add(piece.name);
        if (piece.spelling !== undefined) spellings.add(piece.spelling);
      }
    }
    if (bracketed === undefined) parts.push(...implicitParts(pieces));
    else if (pieces.every((piece) => typeof piece === 'string')) return malformed(credential);
    else parts.push(pieces);
  }
  // A client's value that holds what the upstream separates by could be read as further parameters.
  const isAmbiguous =
    (spellings.has('hyphen') && literals.includes('-')) ||
    (spellings.has('underscore') && literals.includes('_'));
  if (isAmbiguous)
    return { kind: 'malformed', expected: 'without a spelling whose character separates its own parts' };
  return { kind: 'template', template: { parts, names } };
}

/** Characters that separate words in a client's value are taken out, unless the placeholder says otherwise. */
export function renderTemplate({ parts }: Template, values: TemplateValues): string {
  let text = '';
  for (const part of parts) {
    if (part.every((piece) => typeof piece === 'string' || values[piece.name] !== undefined)) {
      for (const piece of part) text += typeof piece === 'string' ? piece : spelled(piece, values);
    }
  }
  return text;
}

function spelled({ name, spelling }: Placeholder, values: TemplateValues): string {
  const value = values[name]!;
  if (spelling !== undefined) return SPELLINGS[spelling](value);
  return name === 'username' || name === 'password' ? value : compact(value);
}

/** Outside brackets, a parameter takes the text before it along; a stored text stands by itself. */
function implicitParts(pieces: Part): Part[] {
  const parts: Part[] = [];
  let before: string[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      before = [piece];
    } else if (piece.name === 'username' || piece.name === 'password') {
      parts.push(before, [piece]);
      before = [];
    } else {
      parts.push([...before, piece]);
      before = [];
    }
  }
  parts.push(before);
  return parts.filter((part) => part.length > 0);
}

function piecesOf(text: string, credential: CredentialName): Part | undefined {
  const pieces: (string | Placeholder)[] = [];
  for (const [, inner, literal] of text.matchAll(/\{([^{}]*)\}|([^{}]+|[{}])/g)) {
    if (inner === undefined) {
      if (/[[\]{}]/.test(literal!)) return undefined;
      pieces.push(literal!);
      continue;
    }
    const [name, spelling, ...rest] = inner.split(':');
    const isKnown = name === credential || PARAMETER_NAMES.includes(name as ParameterName);
    if (!isKnown || rest.length > 0) return undefined;
    if (spelling !== undefined && (name === credential || !Object.hasOwn(SPELLINGS, spelling)))
      return undefined;
    pieces.push({
      name: name as ParameterName | CredentialName,
      spelling: spelling as Spelling | undefined,
    });
  }
  return pieces;
}

function malformed(credential: CredentialName): ParsedTemplate {
  const names = [credential, ...PARAMETER_NAMES].map((name) => `{${name}}`).join(', ');
  const spellings = Object.keys(SPELLINGS)
    .map((spelling) => `:${spelling}`)
    .join(', ');
  return {
    kind: 'malformed',
    expected: `text with placeholders of ${names} (behind a parameter's name also ${spellings}), each optional part in brackets`,
  };
}
