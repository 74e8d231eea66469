/** What accounts can be told by HTTP. */
export const WEBHOOK_TYPES = [
  'subuser.created',
  'quota.warning',
  'quota.reached',
  'subscription.expiring',
  'subscription.expired',
  'subscription.renewed',
  'credit_event.mismatch',
  'reconciliation.differences',
  'key.revoked',
] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];

/** Sent on request only, to one endpoint, whatever it has chosen. */
export const WEBHOOK_TEST = 'webhook.test';
