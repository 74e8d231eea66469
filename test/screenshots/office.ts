/** The provider's own house: people, keys, webhooks, exits, settings. */
import { watchExpiring, watchQuotas } from '../../src/core/webhooks/watch.ts';
import { DAY_MS, HOUR_MS, type Story, storeOf } from './story.ts';

const PEOPLE_PASSWORD = 'only for a picture of it';

export interface ResellerLogin {
  storeCode: string;
  name: string;
  email: string;
  password: string;
}

export function tellOffice(story: Story, reseller: ResellerLogin, upstreamPort: number): void {
  tellPeople(story, reseller);
  tellKeys(story);
  tellWebhooks(story);
  tellExits(story, upstreamPort);
}

function tellPeople(story: Story, { storeCode, ...login }: ResellerLogin): void {
  const { people } = story.core;
  const staff = { accountId: story.ownerAccountId };
  story.ago(
    400 * DAY_MS,
    () => story.core.sql`UPDATE person SET name = 'Mara Lindqvist' WHERE name = 'Owner'`,
  );
  story.ago(380 * DAY_MS, () =>
    people.create(
      story.owner,
      { ...staff, email: 'jonas@riverbend.example', name: 'Jonas Weber', role: 'manager' },
      PEOPLE_PASSWORD,
    ),
  );
  story.ago(120 * DAY_MS, () =>
    people.create(
      story.owner,
      { ...staff, email: 'aisha@riverbend.example', name: 'Aisha Karim', role: 'viewer' },
      PEOPLE_PASSWORD,
    ),
  );
  story.ago(DAY_MS, () =>
    people.invite(story.owner, {
      ...staff,
      email: 'tom@riverbend.example',
      name: 'Tom Reyes',
      role: 'manager',
    }),
  );
  story.ago(300 * DAY_MS, async () => {
    const { accountId } = storeOf(story, storeCode);
    const person = { accountId, email: login.email, name: login.name, role: 'reseller' } as const;
    await people.create(story.owner, person, login.password);
  });
}

function tellKeys(story: Story): void {
  const { keys } = story.core;
  const mint = (
    agoDays: number,
    storeCode: string | undefined,
    name: string,
    scopes: string[],
    days?: number,
  ) =>
    story.ago(agoDays * DAY_MS, async () => {
      const accountId = storeCode === undefined ? story.ownerAccountId : storeOf(story, storeCode).accountId;
      const expiresAt = days === undefined ? undefined : new Date(story.nowMs + days * DAY_MS);
      const made = await keys.mint(story.owner, { accountId, name, scopes, expiresAt });
      if (name === 'old-panel') story.ago(90 * DAY_MS, () => keys.revoke(story.owner, made.id));
      else if (name !== 'reports')
        story.ago(agoDays * HOUR_MS + 90_000, () => keys.recognise(made.secret, '203.0.113.40'));
    });
  mint(210, 'NORTHLIGHT', 'old-panel', ['reseller:read', 'reseller:write']);
  mint(88, 'NORTHLIGHT', 'telegram-bot', ['reseller:read', 'reseller:write', 'reseller:signup'], 40);
  mint(3, 'NORTHLIGHT', 'reports', ['reseller:read']);
  mint(65, undefined, 'grafana', ['admin:read']);
  mint(30, undefined, 'back-office', ['admin:read', 'admin:write'], 300);
}

function tellWebhooks(story: Story): void {
  const { webhooks, webhookDeliveries: deliveries, sql, clock } = story.core;
  const hooks = [
    { storeCode: 'NORTHLIGHT', url: 'https://panel.northlight.example/hooks/headgate', types: [] },
    {
      storeCode: 'NORTHLIGHT',
      url: 'https://alerts.northlight.example/quota',
      types: ['quota.warning', 'quota.reached'],
    },
    { storeCode: undefined, url: 'https://ops.riverbend.example/headgate', types: [] },
  ];
  hooks.forEach(({ storeCode, url, types }, index) => {
    story.ago((58 - index) * DAY_MS, () => {
      const accountId = storeCode === undefined ? story.ownerAccountId : storeOf(story, storeCode).accountId;
      const description = ['The shop', 'On call', 'Operations'][index]!;
      return webhooks.create(story.owner, accountId, { url, description, types });
    });
  });
  let sent = 0;
  for (let hour = 30 * 24; hour >= 0; hour -= 3) {
    story.ago(hour * HOUR_MS + 40_000, async () => {
      await watchQuotas(sql, clock);
      await watchExpiring(sql, clock);
      for (const due of await deliveries.take([])) {
        sent += 1;
        const isBusy = sent % 9 === 5 && due.attempts === 1;
        const error = 'it answered 503';
        await deliveries.settle(
          due,
          isBusy ? { ok: false, status: 503, error, gone: false } : { ok: true, status: 204 },
        );
      }
    });
  }
}

function tellExits(story: Story, upstreamPort: number): void {
  const { exits, settings, reconciliationSettings } = story.core;
  story.ago(20 * DAY_MS, async () => {
    await exits.create(story.owner, {
      name: 'frankfurt',
      kind: 'direct',
      products: ['subscription'],
      country: 'de',
      city: 'Frankfurt',
      isp: 'Riverbend',
      sourceAddresses: ['203.0.113.10', '203.0.113.11', '203.0.113.12'],
    });
    await exits.create(story.owner, {
      name: 'ashburn',
      kind: 'direct',
      products: ['subscription'],
      country: 'us',
      city: 'Ashburn',
      maxTunnels: 20_000,
      sourceAddresses: ['198.51.100.24', '198.51.100.25'],
    });
    await exits.create(story.owner, {
      name: 'residential-world',
      kind: 'http',
      products: ['residential', 'mobile'],
      host: 'localhost',
      port: upstreamPort,
      username: 'riverbend',
      password: 'not a secret',
      usernameTemplate: '{username}-country-{country}-session-{session}',
      resolve: 'remote',
      weight: 5,
    });
    await settings.change(story.owner, 'lowPoolDays', 10n);
    await reconciliationSettings.change(story.owner, { reviewFrom: 3 });
  });
}
