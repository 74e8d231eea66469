// A panel with the VPSCtrl API: signs a customer up, reports what it pays, and reports it again after a lost answer.
const api = `${process.env.HEADGATE_URL}/api/v1`;
const headers = { authorization: `Bearer ${process.env.HEADGATE_KEY}`, 'content-type': 'application/json' };

interface Reported {
  ok: true;
  id?: string;
  duplicate?: true;
}

async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(api + path, { method, headers, body: body ? JSON.stringify(body) : null });
  const answer = (await response.json()) as Answer & { error?: string; message?: string };
  if (!response.ok) throw new Error(`${answer.error}: ${answer.message}`);
  return answer;
}

const person = { email: 'alice@example.com', name: 'Alice', password: 'correct-horse-42' };
const signedUp = await call<{ email: string }>('POST', '/reseller/signup', person);
console.log(`${signedUp.email} is signed up`);

const event = {
  kind: 'topup',
  amount_usd: 25.0,
  external_ref: 'txn_1001',
  meta: { downstream_user: 'alice@example.com' },
};
for (let attempt = 0; attempt < 2; attempt++) {
  const reported = await call<Reported>('POST', '/reseller/credit-event', event);
  console.log(reported.duplicate ? 'reported before' : 'reported');
}

const refund = { kind: 'refund', amount_usd: -5.5, external_ref: 'txn_1002' };
const { ok } = await call<Reported>('POST', '/reseller/credit-event', refund);
console.log(ok ? 'refund reported' : 'refund lost');

const me = await call<{ name: string; role: string; credits_usd: number }>('GET', '/me');
console.log(`${me.name} (${me.role}) holds ${me.credits_usd.toFixed(2)} USD`);
