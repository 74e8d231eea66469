import { Fragment } from 'react';

/** A name or an address that may be longer than its place: it breaks behind a separator rather than within a word. */
export function Breakable({ text }: { text: string }) {
  return text.split(/(?<=[_@/:.-])/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name, and do not change places
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
