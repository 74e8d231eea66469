/** What a subscription costs, in cents. Prices are with tax; tax rates are in hundredths of a percent. */

export interface Price {
  grossCents: bigint;
  netCents: bigint;
  /** The rest: net and tax sum to gross. */
  taxCents: bigint;
  /** 1900 is 19 %. */
  taxBasisPoints: number;
}

const WHOLE_BASIS_POINTS = 10_000n;

/** Takes an amount with tax apart. Net is rounded to the nearest cent, halves up. */
export function splitGross(grossCents: bigint, taxBasisPoints: number): Price {
  const divisor = WHOLE_BASIS_POINTS + BigInt(taxBasisPoints);
  const netCents = (2n * grossCents * WHOLE_BASIS_POINTS + divisor) / (2n * divisor);
  return { grossCents, netCents, taxCents: grossCents - netCents, taxBasisPoints };
}

/** What is left of a price at `now`, when it paid for the time from `startsAt` to `endsAt`: by the millisecond, rounded down. */
export function unusedCents(grossCents: bigint, startsAt: Date, endsAt: Date, now: Date): bigint {
  const from = now > startsAt ? now : startsAt;
  if (from >= endsAt) return 0n;
  const ms = (since: Date) => BigInt(endsAt.getTime() - since.getTime());
  return (grossCents * ms(from)) / ms(startsAt);
}
