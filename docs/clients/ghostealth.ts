// A shop with the Ghostealth API: buys a subscription, binds an address, stops and resumes it, cancels it.
const api = `${process.env.HEADGATE_URL}/api/v1.0/resellers`;
const headers = { authorization: `ApiKey ${process.env.HEADGATE_KEY}`, 'content-type': 'application/json' };

interface Subscription {
  id: string;
  status: string;
  canceled: boolean;
  period: Record<'start' | 'end', { timestamp: number }>;
  plan: { title: string; price: { grossAmount: number } };
}

async function call<Answer>(method: string, path = '', body?: object): Promise<Answer> {
  const response = await fetch(api + path, { method, headers, body: body ? JSON.stringify(body) : null });
  const answer = (await response.json()) as Answer & { code?: string; message?: string };
  if (!response.ok) throw new Error(`${answer.code}: ${answer.message}`);
  return answer;
}

const dollars = (cents: number) => `${(cents / 100).toFixed(2)} USD`;

async function balance(): Promise<string> {
  const { data } = await call<{ data: { balance: { amount: { value: number } } } }>('GET');
  return dollars(data.balance.amount.value);
}

console.log(`balance ${await balance()}`);

const wanted = { billingCycle: 'WEEKLY', connections: 100, authentications: 1 };
const { id, plan, period } = (await call<{ data: Subscription }>('POST', '/subscriptions', wanted)).data;
const days = (period.end.timestamp - period.start.timestamp) / 86_400_000;
console.log(`bought ${plan.title} for ${dollars(plan.price.grossAmount)}: ${days} days`);

const at = `/subscriptions/${id}`;
await call('PUT', `${at}/whitelist`, { ip: '203.0.113.7' });
const slots = await call<{ data: { state: string; ip?: string }[] }>('GET', `${at}/slots`);
for (const { state, ip } of slots.data) console.log(`slot ${state} ${ip ?? ''}`);

await call('PUT', `${at}/suspend`);
await call('PUT', `${at}/resume`);
console.log((await call<{ message: string }>('PUT', at)).message);
await call('PUT', `${at}/cancel`);

const page = await call<{ data: Subscription[] }>('GET', '/subscriptions?page=0&size=20');
for (const { status, canceled } of page.data)
  console.log(`${status}, ${canceled ? 'canceled' : 'renewable'}`);
console.log(`balance ${await balance()}`);
