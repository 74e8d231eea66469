/** The rooms of the core, put together. Whoever stands above (dialects, command line, gateway link) gets this and nothing below. */
import type { Sql } from '../db/client.ts';
import type { Clock } from '../shared/clock.ts';
import type { HistogramValues } from '../shared/histogram.ts';
import { Accounts } from './accounts/accounts.ts';
import { AccountAdministration } from './accounts/administration.ts';
import { AuditLog } from './audit/log.ts';
import { Commands } from './command.ts';
import { Credits } from './credits/credits.ts';
import { CreditEvents } from './credits/events.ts';
import { CreditEventList } from './credits/list.ts';
import { CreditLog } from './credits/log/log.ts';
import { Events } from './events.ts';
import { Exits } from './exits/exits.ts';
import { ExitSightings } from './exits/sightings.ts';
import { IdempotencyStore } from './idempotency.ts';
import { checkMasterKey } from './installation.ts';
import { Keys } from './keys/keys.ts';
import { Leases } from './leases/leases.ts';
import { Ledger } from './ledger/ledger.ts';
import { ServiceLimits } from './limits/service-limits.ts';
import { LimitShares } from './limits/shares.ts';
import { Nodes } from './nodes/nodes.ts';
import { JobRuns } from './operations/job-runs.ts';
import { OwnerOverviews } from './overview/owner.ts';
import { ResellerOverviews } from './overview/reseller.ts';
import { People } from './people/people.ts';
import { SecondFactor } from './people/second-factor.ts';
import { Sessions } from './people/sessions.ts';
import { Reconciliations } from './reconciliation/reconciliations.ts';
import { Settings as ReconciliationSettings } from './reconciliation/settings.ts';
import { LedgerSources } from './reconciliation/sources.ts';
import { Reviews } from './reviews/reviews.ts';
import { SecretBox } from './secrets.ts';
import { Settings, type SettingValues } from './settings/settings.ts';
import { Statements } from './statements/statements.ts';
import { SubscriptionAccess } from './subscriptions/access.ts';
import { SubscriptionLook } from './subscriptions/look.ts';
import { Plans } from './subscriptions/plans.ts';
import { Subscriptions } from './subscriptions/subscriptions.ts';
import { GatewayAccess } from './subusers/access.ts';
import { Subusers } from './subusers/subusers.ts';
import { Tunnels } from './tunnels/tunnels.ts';
import { UsageRollUp } from './usage/roll-up.ts';
import { UsageSeries } from './usage/series.ts';
import { Vouchers } from './vouchers/vouchers.ts';
import { WebhookDeliveries } from './webhooks/deliveries.ts';
import { Webhooks } from './webhooks/webhooks.ts';

export interface Core {
  sql: Sql;
  clock: Clock;
  events: Events;
  ledger: Ledger;
  accounts: Accounts;
  administration: AccountAdministration;
  auditLog: AuditLog;
  keys: Keys;
  people: People;
  sessions: Sessions;
  secondFactor: SecondFactor;
  nodes: Nodes;
  subusers: Subusers;
  access: GatewayAccess;
  leases: Leases;
  limits: ServiceLimits;
  limitShares: LimitShares;
  tunnels: Tunnels;
  /** Commands that were committed together. */
  laneBatches: HistogramValues;
  plans: Plans;
  subscriptions: Subscriptions;
  subscriptionAccess: SubscriptionAccess;
  subscriptionLook: SubscriptionLook;
  credits: Credits;
  creditEvents: CreditEvents;
  creditEventList: CreditEventList;
  creditLog: CreditLog;
  vouchers: Vouchers;
  statements: Statements;
  usage: UsageSeries;
  usageRollUp: UsageRollUp;
  jobRuns: JobRuns;
  settings: Settings;
  ownerOverviews: OwnerOverviews;
  resellerOverviews: ResellerOverviews;
  exits: Exits;
  exitSightings: ExitSightings;
  reconciliations: Reconciliations;
  reconciliationSettings: ReconciliationSettings;
  ledgerSources: LedgerSources;
  reviews: Reviews;
  webhooks: Webhooks;
  webhookDeliveries: WebhookDeliveries;
}

/**
 * Builds the core on a migrated database. Throws when the master key is not the one this database was set up with: what is
 * sealed in it could not be opened. `defaults`: of settings that nobody has changed.
 */
export async function createCore(
  sql: Sql,
  clock: Clock,
  masterKey: Buffer,
  defaults: Partial<SettingValues> = {},
): Promise<Core> {
  const box = new SecretBox(masterKey);
  await checkMasterKey(sql, clock, box);
  const events = new Events();
  const commands = new Commands(sql, clock, new IdempotencyStore(box));
  const creditLog = new CreditLog(sql, clock, commands, box);
  const secondFactor = new SecondFactor(commands, box);
  const settings = new Settings(sql, commands, defaults);
  const jobRuns = new JobRuns(sql, clock);
  return {
    sql,
    clock,
    events,
    ledger: new Ledger(sql, clock),
    accounts: new Accounts(sql, clock, commands),
    administration: new AccountAdministration(sql, clock, commands),
    auditLog: new AuditLog(sql),
    keys: new Keys(sql, clock, commands, events),
    nodes: new Nodes(sql, clock, commands, events),
    people: new People(sql, commands),
    sessions: new Sessions(sql, clock, commands, events, secondFactor),
    secondFactor,
    subusers: new Subusers(sql, clock, commands, events, box),
    access: new GatewayAccess(sql, box),
    leases: new Leases(sql, clock),
    limits: new ServiceLimits(sql, commands),
    limitShares: new LimitShares(sql),
    laneBatches: commands.laneBatches,
    tunnels: new Tunnels(sql, clock, commands),
    plans: new Plans(sql, commands),
    subscriptions: new Subscriptions(sql, clock, commands),
    subscriptionAccess: new SubscriptionAccess(sql, clock),
    subscriptionLook: new SubscriptionLook(sql, clock),
    credits: new Credits(sql, commands),
    creditEvents: new CreditEvents(commands, creditLog),
    creditLog,
    creditEventList: new CreditEventList(sql),
    vouchers: new Vouchers(sql, clock, commands, box),
    statements: new Statements(sql),
    usage: new UsageSeries(sql),
    usageRollUp: new UsageRollUp(sql, clock),
    jobRuns,
    settings,
    ownerOverviews: new OwnerOverviews(sql, clock, settings, jobRuns),
    resellerOverviews: new ResellerOverviews(sql, clock),
    exits: new Exits(sql, commands, box),
    exitSightings: new ExitSightings(sql, clock),
    reconciliations: new Reconciliations(sql, clock, commands),
    reconciliationSettings: new ReconciliationSettings(sql, commands),
    ledgerSources: new LedgerSources(sql, clock, commands, box),
    reviews: new Reviews(sql, commands),
    webhooks: new Webhooks(sql, commands, box),
    webhookDeliveries: new WebhookDeliveries(sql, clock, box),
  };
}
