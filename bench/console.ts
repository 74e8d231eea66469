/**
 * How soon a person sees the overview: `npm run bench console`. Each round is a browser that was just started and has nothing in its cache,
 * signed in to an installation with a month behind it.
 */

import { type Demo, startDemo } from '../test/screenshots/demo.ts';
import { launchBrowser, openContext } from '../test/support/chromium.ts';
import { markdownTable, Rounds, writeSection } from './support/report.ts';

const ROUNDS = 5;
const CONSOLES = [
  { who: 'owner', path: '/owner' },
  { who: 'reseller', path: '/reseller' },
] as const;
type Who = (typeof CONSOLES)[number]['who'];

/**
 * Notes when something is to be seen, and when the overview is: its figures and its chart. After the frame that shows them, in
 * milliseconds since the address was called.
 */
const WATCH = `
  window.seen = new Promise((resolve) => {
    const look = () => {
      if (!document.querySelector('main dl dd') || !document.querySelector('main figure svg rect')) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true });
  });
`;
const READ = `(async () => {
  const overviewMs = await window.seen;
  const paintMs = await new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const [paint] = list.getEntriesByName('first-contentful-paint');
      if (paint) resolve(paint.startTime);
    }).observe({ type: 'paint', buffered: true });
  });
  const files = performance.getEntriesByType('resource');
  const scripts = files.filter(({ name }) => name.endsWith('.js'));
  return {
    overviewMs,
    paintMs,
    scriptBytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    requests: files.length,
  };
})()`;

interface Seen {
  overviewMs: number;
  paintMs: number;
  scriptBytes: number;
  requests: number;
}

const demo = await startDemo({ isQuiet: true });
try {
  const states = { owner: await signIn('owner'), reseller: await signIn('reseller') };
  const rounds = new Rounds();
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { who, path } of CONSOLES) {
      const seen = await look(path, states[who]);
      // The first one finds the server cold, which is not asked for here.
      if (round === 0) continue;
      for (const [name, value] of Object.entries(seen)) rounds.add(`${who} ${name}`, value);
    }
  }
  report(rounds);
} finally {
  await demo.close();
}

type State = Awaited<ReturnType<typeof signIn>>;

async function signIn(who: Who) {
  const browser = await launchBrowser();
  const page = await (await openContext(browser)).newPage();
  const { email, password }: Demo[Who] = demo[who];
  await page.goto(`${demo.apiUrl}/sign-in`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  const state = await page.context().storageState();
  await browser.close();
  return state;
}

async function look(path: string, state: State): Promise<Seen> {
  const browser = await launchBrowser();
  try {
    const page = await (await openContext(browser, { state })).newPage();
    await page.addInitScript(WATCH);
    await page.goto(demo.apiUrl + path, { waitUntil: 'commit' });
    return await page.evaluate<Seen>(READ);
  } finally {
    await browser.close();
  }
}

function report(rounds: Rounds): void {
  const ms = (name: string) => {
    const [least, most] = rounds.range(name).map((value) => Math.round(value).toLocaleString('en-US'));
    return `${Math.round(rounds.median(name)).toLocaleString('en-US')} ms (${least} to ${most})`;
  };
  const rows = CONSOLES.map(({ who }) => [
    who,
    ms(`${who} paintMs`),
    ms(`${who} overviewMs`),
    `${Math.round(rounds.median(`${who} scriptBytes`) / 1000)} kB`,
    String(rounds.median(`${who} requests`)),
  ]);
  const heading = [
    'console',
    'something to be seen',
    'the overview: figures and chart',
    'JavaScript',
    'requests',
  ];
  const table = markdownTable(heading, rows);
  process.stdout.write(`${table}\n`);
  writeSection('console', `Medians of ${ROUNDS} cold browsers, and the quickest and slowest.\n\n${table}\n`);
}
