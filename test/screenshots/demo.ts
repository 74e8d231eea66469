/** An invented provider: a year behind it, a month of use in its books, and traffic through three gateways in this moment. */
import { setTimeout as delay } from 'node:timers/promises';
import { createInstallation } from '../support/server-process.ts';
import { writePast } from './past.ts';
import { openTunnels, startUpstream } from './traffic.ts';

/** Of the machines beside the one with the database. */
const GATEWAYS = ['ams-1', 'nyc-1'];
/** Usage is reported each second and summed each third one; jobs have run, too. */
const SETTLED_AFTER_MS = 12_000;
const QUIET_AFTER_MS = 4_000;

export interface Login {
  email: string;
  password: string;
}

export interface Demo {
  apiUrl: string;
  owner: Login;
  reseller: Login;
  close(): Promise<void>;
}

/** `isQuiet`: nothing flows, and there is no gateway but that of the installation. */
export async function startDemo({ isQuiet = false } = {}): Promise<Demo> {
  const owner = { email: 'mara@riverbend.example', password: 'a river has two banks' };
  const reseller = {
    storeCode: 'NORTHLIGHT',
    name: 'Nora Lindt',
    email: 'nora.lindt@northlight.example',
    password: 'light in the north',
  };
  const upstream = await startUpstream();
  const home = createInstallation({
    HEADGATE_OWNER_EMAIL: owner.email,
    HEADGATE_OWNER_PASSWORD: owner.password,
  });
  const { logins, nodes } = await writePast(home.env, { owner, reseller }, GATEWAYS, upstream.port);
  const server = await home.start();
  const machines = (isQuiet ? [] : [...nodes.values()]).map((token) =>
    createInstallation({ HEADGATE_CONTROL_URL: server.apiUrl, HEADGATE_NODE_TOKEN: token }),
  );
  const gateways = await Promise.all(machines.map((machine) => machine.start({}, '--roles', 'gateway')));
  if (!isQuiet)
    await openTunnels(
      [server, ...gateways].map(({ gatewayUrl }) => gatewayUrl),
      logins,
    );
  await delay(isQuiet ? QUIET_AFTER_MS : SETTLED_AFTER_MS);
  return {
    apiUrl: server.apiUrl,
    owner,
    reseller,
    async close() {
      await upstream.close();
      await Promise.all(machines.map((machine) => machine.remove()));
      await home.remove();
    },
  };
}
