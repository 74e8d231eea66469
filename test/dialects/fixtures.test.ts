/** Every dialect's wire fixtures, replayed in order over a socket. How they are written: test/support/wire/pattern.ts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../src/shared/clock.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import { DIALECTS, type DialectName, dialectRoutes } from '../support/routes.ts';
import type { Variables } from '../support/wire/pattern.ts';
import { STAGES } from '../support/wire/stages.ts';
import { readStory, replay } from '../support/wire/story.ts';

const NOW = '2026-02-20T14:22:00.250Z';

describe.each(DIALECTS)('%s', (dialect) => {
  const clock = new ManualClock(NOW);
  const variables: Variables = new Map();
  let api: TestApi;
  let origin: string;

  beforeAll(async () => {
    api = await createTestApi({ clock });
    for (const [name, value] of Object.entries(await STAGES[dialect](api, clock))) variables.set(name, value);
    origin = await api.app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await api.assertLedgerHolds();
    await api.close();
  });

  const chapters = readStory(dialect);
  for (const chapter of chapters) {
    describe(chapter.file, () => {
      for (const exchange of chapter.exchanges) {
        it(exchange.name, async () => {
          clock.advance(exchange.afterMs ?? 0);
          expect(await replay(origin, chapter, exchange, variables)).toEqual([]);
        });
      }
    });
  }

  it('show every endpoint there is', async () => {
    const shown = new Set(
      chapters.flatMap(({ prefix, exchanges }) =>
        exchanges
          .filter(({ answer }) => answer.status < 300)
          .map(({ request }) => `${request.method} ${prefix}${request.path.split('?', 1)[0]}`),
      ),
    );
    const routes = (await dialectRoutes(api.core)).filter((route) => isShownFor(dialect, route));
    expect(routes.length).toBeGreaterThan(7);
    const missing = routes.filter(({ method, url }) => {
      const pattern = new RegExp(`^${method} ${url.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`);
      return ![...shown].some((call) => pattern.test(call));
    });
    expect(missing.map(({ method, url }) => `${method} ${url}`)).toEqual([]);
  });
});

/** HEAD is GET without its body, and Ghostealth's second prefix is its first. */
function isShownFor(
  dialect: DialectName,
  route: { dialect: DialectName; method: string; prefix: string },
): boolean {
  return route.dialect === dialect && route.method !== 'HEAD' && route.prefix !== '/dev/v1.0';
}
