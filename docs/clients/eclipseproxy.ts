// A reseller's first day with the EclipseProxy API: a subuser, its bandwidth, its password, its address.
const api = `${process.env.HEADGATE_URL}/api/reseller/v1`;
const headers = { authorization: `Bearer ${process.env.HEADGATE_KEY}`, 'content-type': 'application/json' };

interface Subuser {
  username: string;
  password: string;
}

async function call<Data>(method: string, path: string, body?: object): Promise<Data> {
  const response = await fetch(api + path, { method, headers, body: body ? JSON.stringify(body) : null });
  const answer = (await response.json()) as {
    status: string;
    message: string;
    messageCode: string;
    data: Data;
  };
  if (answer.status !== 'success') throw new Error(`${answer.messageCode}: ${answer.message}`);
  return answer.data;
}

const pool = await call<{ storeName: string; bandwidthBalance: number; subuserCount: number }>(
  'GET',
  '/bandwidth',
);
console.log(`${pool.storeName} has ${pool.bandwidthBalance} MB for ${pool.subuserCount} subusers`);

const wanted = { username: 'alice', email: 'alice@example.com', bandwidth: 100 };
const { username, password } = await call<Subuser>('POST', '/subusers', wanted);
console.log(`${username} logs in with a password of ${password.length} characters`);

const at = `/subusers/${username}`;
await call('PUT', `${at}/password`, { newPassword: 'correct-horse-42' });
const { whitelistIPs } = await call<{ whitelistIPs: string[] }>('POST', `${at}/whitelist`, {
  ip: '203.0.113.7',
});
console.log(`${username} may also come from ${whitelistIPs.join(', ')}`);

const bandwidth = await call<{ bandwidthAllocated: number; bandwidthRemaining: number }>(
  'POST',
  `${at}/bandwidth`,
  { action: 'ADD', amountMb: 50 },
);
console.log(`${username} has ${bandwidth.bandwidthRemaining} MB left of ${bandwidth.bandwidthAllocated}`);

const { history } = await call<{ history: { action: string; amountMb: number }[] }>(
  'GET',
  `${at}/bandwidth/history`,
);
for (const { action, amountMb } of history) console.log(`${action} ${amountMb} MB`);

const { bandwidthReturned } = await call<{ bandwidthReturned: number }>('DELETE', at);
console.log(`${username} is gone; ${bandwidthReturned} MB are back in the pool`);
