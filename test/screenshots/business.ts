/** Who buys from the invented provider, and how much: the resellers, their customers and what these use in a day. */
export interface ResellerStory {
  storeCode: string;
  storeName: string;
  person: { name: string; email: string };
  /** How long ago it began, in days. */
  sinceDays: number;
  /** What its customers use together in a day, in GB. */
  dailyGb: { residential: number; mobile: number };
  /** How much more than that it has bought: near 1, its pool is nearly empty. */
  ahead: { residential: number; mobile: number };
  /** US cents it pays in each week. */
  weeklyCents: bigint;
  customers: number;
  subscriptions: readonly { connections: 100 | 200 | 500 | 1000 | 2000; slots: number }[];
}

export const RESELLERS: readonly ResellerStory[] = [
  {
    storeCode: 'NORTHLIGHT',
    storeName: 'Northlight Proxies',
    person: { name: 'Nora Lindt', email: 'nora@northlight.example' },
    sinceDays: 412,
    dailyGb: { residential: 84, mobile: 17 },
    ahead: { residential: 1.9, mobile: 1.6 },
    weeklyCents: 620_00n,
    customers: 26,
    subscriptions: [
      { connections: 1000, slots: 5 },
      { connections: 500, slots: 3 },
      { connections: 200, slots: 2 },
      { connections: 200, slots: 1 },
      { connections: 100, slots: 1 },
    ],
  },
  {
    storeCode: 'KESTREL',
    storeName: 'Kestrel Data',
    person: { name: 'Jun Okafor', email: 'ops@kestreldata.example' },
    sinceDays: 301,
    dailyGb: { residential: 52, mobile: 21 },
    ahead: { residential: 1.5, mobile: 1.4 },
    weeklyCents: 380_00n,
    customers: 16,
    subscriptions: [
      { connections: 500, slots: 4 },
      { connections: 200, slots: 2 },
      { connections: 100, slots: 1 },
    ],
  },
  {
    storeCode: 'BLUEHARBOR',
    storeName: 'Blue Harbor',
    person: { name: 'Irene Costa', email: 'irene@blueharbor.example' },
    sinceDays: 236,
    dailyGb: { residential: 38, mobile: 6 },
    ahead: { residential: 1.4, mobile: 1.07 },
    weeklyCents: 210_00n,
    customers: 12,
    subscriptions: [
      { connections: 200, slots: 2 },
      { connections: 200, slots: 1 },
    ],
  },
  {
    storeCode: 'MERIDIAN',
    storeName: 'Meridian Web',
    person: { name: 'Paul Aubert', email: 'hello@meridianweb.example' },
    sinceDays: 158,
    dailyGb: { residential: 24, mobile: 9 },
    ahead: { residential: 1.7, mobile: 1.5 },
    weeklyCents: 160_00n,
    customers: 10,
    subscriptions: [{ connections: 100, slots: 2 }],
  },
  {
    storeCode: 'TESSERA',
    storeName: 'Tessera Labs',
    person: { name: 'Amira Haddad', email: 'amira@tesseralabs.example' },
    sinceDays: 97,
    dailyGb: { residential: 15, mobile: 2 },
    ahead: { residential: 1.12, mobile: 1.8 },
    weeklyCents: 290_00n,
    customers: 8,
    subscriptions: [{ connections: 500, slots: 2 }],
  },
  {
    storeCode: 'DRIFTWOOD',
    storeName: 'Driftwood IP',
    person: { name: 'Sam Whitlock', email: 'sam@driftwood.example' },
    sinceDays: 61,
    dailyGb: { residential: 9, mobile: 4 },
    ahead: { residential: 1.6, mobile: 1.6 },
    weeklyCents: 60_00n,
    customers: 7,
    subscriptions: [],
  },
  {
    storeCode: 'PINEGATE',
    storeName: 'Pinegate Networks',
    person: { name: 'Lena Fischer', email: 'lena@pinegate.example' },
    sinceDays: 40,
    dailyGb: { residential: 5, mobile: 1 },
    ahead: { residential: 2.2, mobile: 2.4 },
    weeklyCents: 90_00n,
    customers: 5,
    subscriptions: [{ connections: 100, slots: 1 }],
  },
];

/** Customers' names are taken in turn. */
export const CUSTOMERS = [
  'acme_pricing',
  'bluefin_seo',
  'cedar_travel',
  'delta_ads',
  'ember_retail',
  'fjord_research',
  'grove_market',
  'harvest_ai',
  'iris_sneakers',
  'juniper_news',
  'kite_social',
  'lumen_search',
  'maple_flights',
  'nimbus_qa',
  'opal_brand',
  'quartz_jobs',
  'ridge_tickets',
  'sable_hotels',
  'tundra_leads',
  'umber_maps',
  'vertex_crawl',
  'willow_reviews',
  'yarrow_fares',
  'zephyr_intel',
  'atlas_monitor',
  'basil_grocery',
] as const;

/** Where customers' traffic goes. */
export const TARGETS = [
  'www.shop.example:443',
  'api.fares.example:443',
  'search.example.com:443',
  'prices.example.org:443',
  'tickets.example.net:443',
  'cdn.news.example:443',
  'www.hotels.example:443',
  'jobs.example.com:443',
] as const;
