/** What a reseller does with customers, in the words of each dialect that can say it. */
import { expect } from 'vitest';
import type { TestApi } from '../support/api.ts';
import { callDialect, type Method } from '../support/dialect-calls.ts';

/** Names are without the store code, balances in MB. */
export interface Customer {
  name: string;
  balance: number;
}

export interface Trade {
  /** With a first `mb`: where a dialect makes customers with nothing, it adds them. */
  make(name: string, mb: number): Promise<{ password: string }>;
  add(name: string, mb: number): Promise<number>;
  takeBack(name: string, mb: number): Promise<number>;
  changePassword(name: string): Promise<string>;
  read(name: string): Promise<Customer & { password: string }>;
  list(): Promise<Customer[]>;
  /** What the reseller has left. */
  pool(): Promise<number>;
}

export interface Store {
  storeCode: string;
  key: string;
}

const bare = (username: string) => username.slice(username.indexOf('_') + 1);

export function eclipseTrade(api: TestApi, { storeCode, key }: Store): Trade {
  const call = async (method: Method, path: string, body?: unknown) => {
    const answer = await callDialect(api, 'eclipseproxy', key, method, `/api/reseller/v1${path}`, body);
    expect(answer.body.status, answer.text).toBe('success');
    return answer.body.data;
  };
  const at = (name: string) => `/subusers/${storeCode}_${name}`;
  const move = async (name: string, action: string, amountMb: number) =>
    (await call('POST', `${at(name)}/bandwidth`, { action, amountMb })).bandwidthRemaining;
  return {
    make: (name, mb) =>
      call('POST', '/subusers', { username: name, email: `${name}@example.com`, bandwidth: mb }),
    add: (name, mb) => move(name, 'ADD', mb),
    takeBack: (name, mb) => move(name, 'REMOVE', mb),
    async changePassword(name) {
      const newPassword = `${name}-new-password`;
      return (await call('PUT', `${at(name)}/password`, { newPassword })).newPassword;
    },
    async read(name) {
      const { username, bandwidthBalance, password } = await call('GET', at(name));
      return { name: bare(username), balance: bandwidthBalance, password };
    },
    async list() {
      const subusers: { username: string; bandwidthBalance: number }[] = await call('GET', '/subusers');
      return subusers.map(({ username, bandwidthBalance }) => ({
        name: bare(username),
        balance: bandwidthBalance,
      }));
    },
    pool: async () => (await call('GET', '/bandwidth')).bandwidthBalance,
  };
}

export function infiniteTrade(api: TestApi, { key }: Store): Trade {
  const call = async (method: Method, path: string) => {
    const answer = await callDialect(api, 'infiniteproxies', key, method, `/v2${path}`);
    expect(answer.body.status.code, answer.text).toBe(200);
    return answer.body.payload;
  };
  const move = async (what: string, name: string, mb: number) =>
    (await call('POST', `/customer/${what}_balance?username=${name}&balance=${mb}`)).balance;
  return {
    async make(name, mb) {
      const { proxy_password } = await call('POST', `/customer/create?username=${name}`);
      await move('add', name, mb);
      return { password: proxy_password };
    },
    add: (name, mb) => move('add', name, mb),
    takeBack: (name, mb) => move('remove', name, mb),
    changePassword: async (name) =>
      (await call('POST', `/customer/reset_password?username=${name}`)).proxy_password,
    async read(name) {
      const { username, balance, proxy_password } = await call('GET', `/customer/@${name}`);
      return { name: username, balance, password: proxy_password };
    },
    async list() {
      const { users }: { users: { username: string; balance: number }[] } = await call('GET', '/customers');
      return users.map(({ username, balance }) => ({ name: username, balance }));
    },
    pool: async () => (await call('GET', '/@me')).balanceResidential,
  };
}

export const TRADES = { eclipseproxy: eclipseTrade, infiniteproxies: infiniteTrade };
