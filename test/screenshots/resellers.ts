/** The resellers, their customers, and a month of traffic: moved through the core as it happened, so that the books balance. */
import { CUSTOMERS, RESELLERS, type ResellerStory } from './business.ts';
import { DAY_MS, HOUR_MS, type Story, storeOf } from './story.ts';
import { type Customer, planUsage, type Tick } from './usage-plan.ts';

const GB = 1_000_000_000n;
const PRODUCTS = ['residential', 'mobile'] as const;
/** Of what is bought and allocated in a month, at the beginning. */
const FIRST_PERCENT = 65n;
/** What was paid in before has been spent. */
const WEEKS_PAID = 9;

interface Allocated extends Customer {
  bytes: bigint;
}

export function tellResellers(story: Story): void {
  const customers = RESELLERS.flatMap(customersOf);
  const ticks = planUsage(customers, story.nowMs);
  const allocated = customers.map((customer, index): Allocated => {
    const used = ticks.reduce((sum, { bytes }) => sum + bytes[index]!, 0n);
    const ahead = 1 + (customer.story.ahead[customer.product] - 1) * (0.25 + 0.4 * ((index * 7) % 10) * 0.1);
    return { ...customer, bytes: wholeGb(Number(used) * ahead) };
  });
  RESELLERS.forEach((reseller, position) => {
    story.ago(reseller.sinceDays * DAY_MS + position * HOUR_MS, () => begin(story, reseller, position));
    for (const product of PRODUCTS) {
      const mine = allocated.filter((one) => one.story === reseller && one.product === product);
      const used = customers.reduce(
        (sum, one, index) =>
          one.story === reseller && one.product === product
            ? sum + ticks.reduce((inner, { bytes }) => inner + bytes[index]!, 0n)
            : sum,
        0n,
      );
      const sum = mine.reduce((total, { bytes }) => total + bytes, 0n);
      const bought = wholeGb(Math.max(Number(sum), Number(used) * reseller.ahead[product]));
      const buy = (agoDays: number, bytes: bigint) =>
        story.ago(agoDays * DAY_MS - position * HOUR_MS, () =>
          story.core.accounts.topUp(story.owner, reseller.storeCode, product, bytes),
        );
      const first = (bought * FIRST_PERCENT) / 100n + GB;
      const second = bought / 5n;
      buy(reseller.sinceDays, first);
      buy(22, second);
      buy(19, bought + GB - first - second);
    }
    for (let week = WEEKS_PAID; week >= 0; week -= 1) {
      // Not all on the same day, nor always the same.
      const agoMs = (week * 7 + ((position * 3) % 7)) * DAY_MS + 2 * HOUR_MS;
      const cents = (reseller.weeklyCents * BigInt(80 + ((week * 37 + position * 11) % 50))) / 100n;
      if (agoMs < reseller.sinceDays * DAY_MS)
        story.ago(agoMs, () => story.core.accounts.topUp(story.owner, reseller.storeCode, 'usd', cents));
    }
  });
  for (const [index, customer] of allocated.entries()) openCustomer(story, customer, index);
  tellTraffic(story, allocated, ticks);
}

function wholeGb(bytes: number): bigint {
  return BigInt(Math.ceil(bytes / Number(GB))) * GB;
}

function customersOf(story: ResellerStory, position: number): Customer[] {
  return PRODUCTS.flatMap((product) => {
    const names = Array.from(
      { length: story.customers },
      (_, index) => CUSTOMERS[(index + position * 5) % CUSTOMERS.length]!,
    ).filter((_name, index) => product === 'residential' || index % 3 === 0);
    const weights = names.map((_name, index) => 1 / (index + 1.5) ** 0.75);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return names.map((name, index) => ({ story, name, product, share: weights[index]! / sum }));
  });
}

async function begin(story: Story, reseller: ResellerStory, position: number): Promise<void> {
  const { core, owner, stores } = story;
  const { storeCode, storeName, person } = reseller;
  const { id: publicId } = await core.accounts.createReseller(owner, {
    storeCode,
    storeName,
    email: person.email,
  });
  const { id: accountId } = await core.accounts.find(storeCode);
  const mint = (name: string, scopes: string[]) => core.keys.mint(owner, { accountId, name, scopes });
  const panel = await mint('panel', ['reseller:read', 'reseller:write']);
  const billing = await mint('billing', ['reseller:credit']);
  const recognised = await core.keys.recognise(billing.secret, '203.0.113.40');
  if (recognised.kind !== 'known') throw new Error('a new key is not known');
  for (const [index, { secret }] of [panel, billing].entries())
    story.ago((position * 7 + index * 23 + 2) * 60_000, () => core.keys.recognise(secret, '203.0.113.40'));
  const actor = {
    name: `key:${panel.id}`,
    accountId,
    door: 'eclipseproxy',
    address: '203.0.113.40',
  } as const;
  stores.set(storeCode, {
    story: reseller,
    accountId,
    publicId,
    panel: { actor },
    billing: recognised.identity,
  });
}

function openCustomer(
  story: Story,
  { story: reseller, name, product, bytes }: Allocated,
  index: number,
): void {
  const { core, logins } = story;
  const first = (bytes * FIRST_PERCENT) / 100n;
  // Older ones first; all are there when the traffic begins.
  const bornMs = Math.max(33, reseller.sinceDays - 1 - (index % 9) * 6) * DAY_MS - (index % 24) * HOUR_MS;
  const username = `${reseller.storeCode}_${name}`;
  const give = (agoMs: number, amount: bigint) =>
    story.ago(agoMs, async () => {
      const { accountId, panel } = storeOf(story, reseller.storeCode);
      if (logins.has(username)) {
        await core.subusers.moveBandwidth(panel, accountId, username, product, 'ADD', amount);
        return;
      }
      const email = `${name.replace('_', '@')}.example`;
      const made = await core.subusers.create(panel, accountId, {
        username: name,
        email,
        bytes: amount,
        product,
      });
      logins.set(username, { username, password: made.password });
    });
  give(bornMs, first);
  give((14 + (index % 5)) * DAY_MS + (index % 17) * HOUR_MS, bytes - first);
}

/** A gateway's leases, day by day, with reports at each tick. */
function tellTraffic(story: Story, customers: readonly Allocated[], ticks: readonly Tick[]): void {
  const days = Map.groupBy(ticks, ({ at }) => Math.floor(at.getTime() / DAY_MS));
  for (const day of days.values()) {
    let report = async (_tick: Tick, _isLast: boolean) => {};
    story.ago(story.nowMs - day[0]!.at.getTime() + 60_000, async () => {
      report = await beginDay(story, customers, day);
    });
    for (const tick of day)
      story.ago(story.nowMs - tick.at.getTime(), () => report(tick, tick === day.at(-1)));
  }
}

async function beginDay({ core }: Story, customers: readonly Allocated[], day: readonly Tick[]) {
  const { leases, sql } = core;
  const rows = await sql<{ id: bigint; username: string }[]>`SELECT id, username FROM subuser`;
  const ids = new Map(rows.map(({ id, username }) => [username, id]));
  const sessionId = await leases.openSession('local', true);
  const answers = await Promise.all(
    customers.map(({ story: { storeCode }, name, product }, index) =>
      leases.lease({
        sessionId,
        subuserId: ids.get(`${storeCode}_${name}`)!,
        product,
        knownGrantedBytes: 0n,
        usedUpBytes: 0n,
        usedDownBytes: 0n,
        wantBytes: day.reduce((sum, { bytes }) => sum + bytes[index]!, 0n),
      }),
    ),
  );
  const used = customers.map(() => 0n);
  return async ({ bytes }: Tick, isLast: boolean) => {
    const reports = answers.flatMap((answer, index) => {
      if (answer.kind !== 'granted') return [];
      used[index] = smaller(used[index]! + bytes[index]!, answer.grantedBytes);
      const up = used[index] / 14n;
      return [{ leaseId: answer.leaseId, usedUpBytes: up, usedDownBytes: used[index] - up, close: isLast }];
    });
    if (isLast) await leases.closeSession(sessionId, reports);
    else await leases.report(sessionId, reports);
    await core.usageRollUp.run();
  };
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
