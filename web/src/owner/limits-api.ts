/** What limits hold for, and how each is read and changed. */
import { admin, answerOf, once } from '../api/clients.ts';

/** Null: no limit. Figures that a level has not are absent. */
export interface Limits {
  /** At once, over all gateways. */
  maxTunnels?: number | null;
  tunnelsPerSecond?: number | null;
  /** Both directions together. */
  bytesPerSecond?: number | null;
  allow: string[];
  deny: string[];
}

/** `reseller`: a store code or an email address. */
export type Limited =
  | { kind: 'everybody' }
  | { kind: 'reseller'; reseller: string }
  | { kind: 'subuser'; id: string }
  | { kind: 'subscription'; id: string; reseller: string };

export const FIGURES = ['maxTunnels', 'tunnelsPerSecond', 'bytesPerSecond'] as const;

export function readLimits(of: Limited): Promise<Limits> {
  switch (of.kind) {
    case 'everybody':
      return answerOf(admin.GET('/limits'));
    case 'reseller':
      return answerOf(
        admin.GET('/resellers/{reseller}/limits', { params: { path: { reseller: of.reseller } } }),
      );
    case 'subuser':
      return answerOf(admin.GET('/subusers/{id}/limits', { params: { path: { id: of.id } } }));
    case 'subscription':
      return answerOf(
        admin.GET('/subscriptions/{id}/limits', {
          params: { path: { id: of.id }, query: { reseller: of.reseller } },
        }),
      );
  }
}

export function changeLimits(of: Limited, body: Limits, key: string): Promise<Limits> {
  const header = once(key);
  switch (of.kind) {
    case 'everybody':
      return answerOf(admin.PATCH('/limits', { params: { header }, body }));
    case 'reseller':
      return answerOf(
        admin.PATCH('/resellers/{reseller}/limits', {
          params: { path: { reseller: of.reseller }, header },
          body,
        }),
      );
    case 'subuser':
      return answerOf(
        admin.PATCH('/subusers/{id}/limits', { params: { path: { id: of.id }, header }, body }),
      );
    case 'subscription':
      return answerOf(
        admin.PATCH('/subscriptions/{id}/limits', {
          params: { path: { id: of.id }, query: { reseller: of.reseller }, header },
          body,
        }),
      );
  }
}
