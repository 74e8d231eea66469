/** What a process of Headgate can be, alone or together. */
export const ROLES = ['api', 'gateway', 'jobs'] as const;
export type Role = (typeof ROLES)[number];
