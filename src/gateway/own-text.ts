/**
 * A copy of text of bytes (latin1). What is cut out of a string keeps all of that string in memory: a few letters of a client's
 * head would keep the head. So whatever outlives the head is copied.
 */
export function ownText(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
