/** Where things are in a chart. */

/**
 * The steps of a value axis, from 0 to at least `highest`: round numbers, three to five of them. Bytes and cents are whole, and their
 * units are powers of ten, so round is 1, 2 or 5 times one.
 */
export function axisSteps(highest: number): number[] {
  const rough = Math.max(highest / 4, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough)!;
  const count = Math.max(1, Math.ceil(highest / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** Which of `count` labels are written when each needs `labelPx` of `widthPx`: every n-th. */
export function labelEvery(count: number, widthPx: number, labelPx: number): number {
  return Math.max(1, Math.ceil((count * labelPx) / Math.max(widthPx, 1)));
}
