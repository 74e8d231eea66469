/** Quantities as people write them, to whole bytes and cents. Digits are read, not binary fractions: 0.1 GB is 100,000,000 bytes. */

const UNIT_PLACES: Record<string, number> = { b: 0, kb: 3, mb: 6, gb: 9, tb: 12, pb: 15 };
const WRITTEN_UNITS = ['PB', 'TB', 'GB', 'MB', 'kB', 'B'] as const;

/**
 * `2.5 GB`, `500mb` → bytes; undefined for what is no amount, and for what is finer than a byte or too large to be exact. A number
 * alone is in `unit`. `decimal` is the language's decimal point.
 */
export function parseBytes(text: string, decimal: '.' | ',', unit = 'GB'): number | undefined {
  const match = /^\s*([\d.,]+)\s*([a-z]*)\s*$/i.exec(text);
  const places = UNIT_PLACES[(match?.[2] || unit).toLowerCase()];
  return match && places !== undefined ? scale(match[1]!, decimal, places) : undefined;
}

/** Bytes as `parseBytes` reads them back, to the byte: 12_500_000 → `12.5 MB`. */
export function bytesText(bytes: number, decimal: '.' | ','): string {
  const unit = WRITTEN_UNITS.find((name) => bytes >= 10 ** UNIT_PLACES[name.toLowerCase()]!) ?? 'B';
  const places = UNIT_PLACES[unit.toLowerCase()]!;
  const digits = String(bytes).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return `${whole}${fraction && decimal + fraction} ${unit}`;
}

/** `250`, `250.5`, `$1250.50` → US cents. */
export function parseMoney(text: string, decimal: '.' | ','): number | undefined {
  const match = /^\s*\$?\s*([\d.,]+)\s*\$?\s*$/.exec(text);
  return match ? scale(match[1]!, decimal, 2) : undefined;
}

function scale(number: string, decimal: '.' | ',', places: number): number | undefined {
  const match = /^(\d+)(?:([.,])(\d+))?$/.exec(number);
  if (!match) return undefined;
  const [, whole = '', point, fraction = ''] = match;
  // With the other language's point, three places could be meant as thousands: rather ask than guess.
  if (point !== undefined && point !== decimal && fraction.length === 3) return undefined;
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > places) return undefined;
  const value = Number(whole + digits.padEnd(places, '0'));
  return Number.isSafeInteger(value) ? value : undefined;
}
