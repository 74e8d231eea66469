/** Units of the trade: 1 MB = 1,000,000 bytes, 1 GB = 1,000 MB. The ledger holds bytes and US cents, as bigint. */
export const BYTES_PER_MB = 1_000_000n;

/** Largest amount of bandwidth one call may move: 1 PB. A bound on everything, far above any real order. */
export const MAX_BANDWIDTH_BYTES = 1_000_000_000_000_000n;

/** Bytes as MB with at most two decimals, rounded down (toward zero): what float fields carry. */
export function megabytes(bytes: bigint): number {
  return Number(bytes / 10_000n) / 100;
}

/** Bytes as whole MB, rounded down: what whole-number fields carry. */
export function wholeMegabytes(bytes: bigint): number {
  return Number(bytes / BYTES_PER_MB);
}

/**
 * MB, as they came from JSON, to bytes. Answers undefined for what is no positive amount, for what is finer than a
 * byte, and for what is above MAX_BANDWIDTH_BYTES. The decimal digits are read, not the binary fraction: 0.1 is 100,000 bytes.
 */
export function bytesFromMegabytes(value: number): bigint | undefined {
  if (!Number.isFinite(value) || value <= 0 || value > Number(MAX_BANDWIDTH_BYTES / BYTES_PER_MB))
    return undefined;
  const bytes = scaleDecimal(value, 6);
  return bytes !== undefined && bytes > 0n ? bytes : undefined;
}

/**
 * A decimal number times ten to the power `places`, exactly; undefined when that is no whole number.
 * Works on the shortest decimal form that JSON would print, which is what the sender wrote.
 */
export function scaleDecimal(value: number, places: number): bigint | undefined {
  return parseDecimal(String(value), places);
}

/** The same for a number written as text, such as `250.00`. */
export function parseDecimal(text: string, places: number): bigint | undefined {
  const match = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?(?:e([+-]\d{1,3}))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const shift = places - fraction.length + Number(exponent);
  const digits = BigInt(whole + fraction);
  let scaled: bigint;
  if (shift >= 0) {
    if (shift > 40) return undefined;
    scaled = digits * 10n ** BigInt(shift);
  } else {
    const divisor = 10n ** BigInt(-shift);
    if (digits % divisor !== 0n) return undefined;
    scaled = digits / divisor;
  }
  return sign === '-' ? -scaled : scaled;
}
