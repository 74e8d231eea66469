import type { Allowance, EndReason } from './meter.ts';
import type { Place } from './roster.ts';

/** A tunnel or an exchange that lives on a holder's allowance. */
export interface Member {
  /** Of its client. */
  readonly address: string;
  /** On its holder's roster, who alone uses it. */
  holderPlace?: Place<Member> | undefined;
  end(reason: EndReason): void;
}

export interface Admission {
  /** Undefined: there is a place, with allowance. Otherwise why there is none. */
  readonly answer: Promise<EndReason | undefined>;
  /** Nobody waits for the answer any more. */
  abandon(): void;
}

/** What this process may relay for one party, shared by all its tunnels. */
export interface Holder extends Allowance {
  join(member: Member): void;
  leave(member: Member): void;
  /** Asks for a place. A new tunnel waits for the answer before it is confirmed. Undefined: there is one, with allowance. */
  admit(member: Member): Admission | undefined;
  /** A tunnel stands, or a request is sent on. */
  countRequest(): void;
}
