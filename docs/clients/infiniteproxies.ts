// A shop's round with the InfiniteProxies API: a customer, balance given and taken back, a new password.
const api = `${process.env.HEADGATE_URL}/v2`;
const headers = { 'x-infinite-key': process.env.HEADGATE_KEY ?? '' };

interface Customer {
  username: string;
  proxy_password: string;
  balance: number;
}

async function call<Payload>(
  method: string,
  path: string,
  parameters: Record<string, string> = {},
): Promise<Payload> {
  const response = await fetch(`${api}${path}?${new URLSearchParams(parameters)}`, { method, headers });
  const { status, payload } = (await response.json()) as {
    status: { code: number; message: string };
    payload: Payload;
  };
  if (status.code !== 200) throw new Error(`${status.code}: ${status.message}`);
  return payload;
}

const me = await call<{ username: string; balanceResidential: number }>('GET', '/@me');
console.log(`${me.username} has ${me.balanceResidential} MB`);

const { username, proxy_password } = await call<Customer>('POST', '/customer/create', { username: 'Alice' });
console.log(`${username} logs in with a password of ${proxy_password.length} characters`);

for (const [what, balance] of [
  ['add', '100'],
  ['remove', '40'],
]) {
  const after = await call<Customer>('POST', `/customer/${what}_balance`, { username, balance: balance! });
  console.log(`${username} has ${after.balance} MB`);
}

const reset = await call<Customer>('POST', '/customer/reset_password', { username });
console.log(`the password is ${reset.proxy_password !== proxy_password ? 'another' : 'the same'} now`);

const days = Object.values(await call<Record<string, number>>('GET', `/customer/@${username}/transactions`));
console.log(`${username} used ${days.reduce((sum, mb) => sum + mb, 0)} MB in ${days.length} days`);

const { users } = await call<{ users: Customer[] }>('GET', '/customers');
console.log(`customers: ${users.map((user) => `${user.username} ${user.balance} MB`).join(', ')}`);
