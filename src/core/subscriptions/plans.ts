/** The catalogue: every combination that can be bought, at the owner's prices. */
import type { Queryable, Sql } from '../../db/client.ts';
import type { Commands, Invocation } from '../command.ts';
import { invalidField } from '../errors.ts';
import { BILLING_CYCLES, type BillingCycle } from './period.ts';
import { type Price, splitGross } from './price.ts';

export const CONNECTIONS = [100, 200, 500, 1000, 2000] as const;
export type Connections = (typeof CONNECTIONS)[number];
export const MAX_AUTHENTICATIONS = 10;

/** What tells one plan from another. */
export interface PlanChoice {
  billingCycle: BillingCycle;
  /** Tunnels at once, over all slots and gateways. */
  connections: Connections;
  /** Slots, 1 to 10. */
  authentications: number;
}

/** Only what tells a plan from another: what came from outside may hold more. */
export function planChoiceOf({ billingCycle, connections, authentications }: PlanChoice): PlanChoice {
  return { billingCycle, connections, authentications };
}

export interface Plan extends PlanChoice {
  /** `pl_` and 24 hexadecimal digits. */
  id: string;
  price: Price;
}

/** 1,000,000 dollars: a bound, above any real price. The database has the same. */
const MAX_GROSS_CENTS = 100_000_000n;
const MAX_TAX_BASIS_POINTS = 10_000;

export class Plans {
  readonly #sql: Sql;
  readonly #commands: Commands;

  constructor(sql: Sql, commands: Commands) {
    this.#sql = sql;
    this.#commands = commands;
  }

  /** All plans: by cycle, connections, authentications. */
  async list(): Promise<Plan[]> {
    const rows = await this.#sql<PlanRow[]>`
      SELECT ${planColumns(this.#sql)} FROM plan p
        ORDER BY array_position(${[...BILLING_CYCLES]}::text[], p.billing_cycle), p.connections, p.authentications`;
    return rows.map(planOf);
  }

  /**
   * Changes what a plan costs from now on, in cents with tax, and its tax rate where one is given. What was bought stays at
   * the price it was bought for; renewals are at the new one.
   */
  async setPrice(
    invocation: Invocation,
    choice: PlanChoice,
    grossCents: bigint,
    taxBasisPoints?: number,
  ): Promise<Plan> {
    if (grossCents < 1n || grossCents > MAX_GROSS_CENTS) {
      throw invalidField('price', 'from 0.01 to 1000000.00 dollars');
    }
    if (taxBasisPoints !== undefined) checkTaxRate(taxBasisPoints);
    return this.#commands.run(invocation, 'plan.set-price', async ({ tx, audit }) => {
      const { internalId, price: before } = await findPlan(tx, choice);
      await tx`
        UPDATE plan SET gross_cents = ${grossCents}, tax_basis_points = coalesce(${taxBasisPoints ?? null}, tax_basis_points)
          WHERE id = ${internalId}`;
      const { internalId: _, ...plan } = await findPlan(tx, choice);
      audit(`plan:${plan.id}`, {
        ...choice,
        before: { grossCents: before.grossCents, taxBasisPoints: before.taxBasisPoints },
        after: { grossCents, taxBasisPoints: plan.price.taxBasisPoints },
      });
      return plan;
    });
  }

  /** Changes the tax rate of all plans; gross prices stay. Answers how many plans there are. */
  async setTaxRate(invocation: Invocation, taxBasisPoints: number): Promise<number> {
    checkTaxRate(taxBasisPoints);
    return this.#commands.run(invocation, 'plan.set-tax-rate', async ({ tx, audit }) => {
      const rates = await tx<{ taxBasisPoints: number }[]>`
        SELECT DISTINCT tax_basis_points AS "taxBasisPoints" FROM plan ORDER BY 1`;
      const changed = await tx`UPDATE plan SET tax_basis_points = ${taxBasisPoints}`;
      const before = { taxBasisPoints: rates.map((rate) => rate.taxBasisPoints) };
      audit('plan:all', { before, after: { taxBasisPoints } });
      return changed.count;
    });
  }
}

interface PlanRow extends PlanChoice {
  internalId: bigint;
  id: string;
  grossCents: bigint;
  taxBasisPoints: number;
}

function planColumns(sql: Queryable) {
  return sql`p.id AS "internalId", p.public_id AS id, p.billing_cycle AS "billingCycle", p.connections, p.authentications,
    p.gross_cents AS "grossCents", p.tax_basis_points AS "taxBasisPoints"`;
}

function planOf({ internalId: _, grossCents, taxBasisPoints, ...plan }: PlanRow): Plan {
  return { ...plan, price: splitGross(grossCents, taxBasisPoints) };
}

/** The plan of this choice at today's price. Throws InvalidField, naming what there is, for a choice outside the catalogue. */
export async function findPlan(sql: Queryable, choice: PlanChoice): Promise<Plan & { internalId: bigint }> {
  oneOf(BILLING_CYCLES, choice.billingCycle, 'billingCycle');
  oneOf(CONNECTIONS, choice.connections, 'connections');
  const { authentications } = choice;
  if (!Number.isInteger(authentications) || authentications < 1 || authentications > MAX_AUTHENTICATIONS) {
    throw invalidField('authentications', `a whole number from 1 to ${MAX_AUTHENTICATIONS}`);
  }
  const [row] = await sql<PlanRow[]>`
    SELECT ${planColumns(sql)} FROM plan p WHERE p.billing_cycle = ${choice.billingCycle}
      AND p.connections = ${choice.connections} AND p.authentications = ${authentications}`;
  if (!row) throw new Error(`the catalogue lacks ${JSON.stringify(choice)}`);
  return { internalId: row.internalId, ...planOf(row) };
}

function oneOf<Value>(allowed: readonly Value[], value: Value, field: string): void {
  if (!allowed.includes(value)) throw invalidField(field, `one of ${allowed.join(', ')}`);
}

function checkTaxRate(taxBasisPoints: number): void {
  if (!Number.isInteger(taxBasisPoints) || taxBasisPoints < 0 || taxBasisPoints > MAX_TAX_BASIS_POINTS) {
    throw invalidField('tax rate', 'from 0 to 100 percent, with at most two decimals');
  }
}
