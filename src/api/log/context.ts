/** What the log API's files of routes work with. */
import type { Core } from '../../core/core.ts';
import type { TypedApp } from '../http/dialect.ts';
import type { Guard } from '../http/own-api.ts';

export interface LogContext {
  core: Core;
  /** Route options of a call that shows events. */
  read: Guard;
}
export type LogRoutes = (app: TypedApp, context: LogContext) => void;
