import { parseTemplate, renderTemplate, type Template } from '../../shared/exit-template.ts';
import { type ExitProduct, PLACE_KEYS, type Place, samePlace } from '../../shared/exits.ts';
import type { GatewayLimits } from '../limits.ts';
import type { ExitSettings } from '../ports.ts';
import { Health } from './health.ts';
import { ItemSeed } from './rank.ts';
import { SourcePool } from './sources.ts';

/** Who we are to an upstream. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** What an upstream may be told about a connection. */
export interface UpstreamWish {
  readonly product?: ExitProduct;
  readonly place: Place;
  /** Its name towards upstreams. */
  readonly session?: string | undefined;
  readonly lifetimeMinutes?: number | undefined;
}

/** One exit as its settings stand: other settings make another one, which takes its tunnels over. */
export class Exit {
  readonly settings: ExitSettings;
  readonly seed: ItemSeed;
  readonly health: Health;
  readonly sources: SourcePool;
  readonly load: { tunnels: number };
  readonly #username: Template | undefined;
  readonly #password: Template | undefined;
  /** Of names that it needs itself, an upstream's and a check target's, and when they were asked for. */
  readonly addresses = new Map<string, { list: string[]; atMs: number }>();

  constructor(settings: ExitSettings, limits: GatewayLimits, load = { tunnels: 0 }) {
    this.settings = settings;
    this.seed = new ItemSeed(settings.id);
    this.health = new Health(limits);
    this.sources = new SourcePool(settings.kind === 'direct' ? settings.sourceAddresses : []);
    this.load = load;
    if (settings.kind === 'direct') return;
    this.#username = templateOf(settings.usernameTemplate, 'username');
    this.#password = templateOf(settings.passwordTemplate, 'password');
  }

  get weight(): number {
    return this.settings.weight;
  }

  get isFull(): boolean {
    return this.load.tunnels >= (this.settings.maxTunnels ?? Number.POSITIVE_INFINITY);
  }

  /** It is there, or passes on to its upstream where it should be. */
  serves(product: ExitProduct, place: Place): boolean {
    const { enabled, products } = this.settings;
    return enabled && products.includes(product) && PLACE_KEYS.every((key) => this.#isThere(key, place[key]));
  }

  #isThere(key: keyof Place, asked: string | undefined): boolean {
    if (asked === undefined) return true;
    const own = this.settings[key];
    return own === undefined ? this.#passesOn(key) : samePlace(own, asked);
  }

  #passesOn(key: keyof Place): boolean {
    return (this.#username?.names.has(key) || this.#password?.names.has(key)) ?? false;
  }

  /** Undefined: none is to be given. */
  login({ product, place, session, lifetimeMinutes }: UpstreamWish): Login | undefined {
    if (this.settings.kind === 'direct') return undefined;
    const { username, password } = this.settings;
    const values: Record<string, string> = {};
    for (const key of PLACE_KEYS) {
      const value = place[key] ?? this.settings[key];
      if (value !== undefined) values[key] = value;
    }
    if (username !== undefined) values.username = username;
    if (password !== undefined) values.password = password;
    if (product !== undefined) values.product = product;
    if (session !== undefined) values.session = session;
    if (lifetimeMinutes !== undefined) values.lifetime = String(lifetimeMinutes);
    const login = {
      username: renderTemplate(this.#username!, values),
      password: renderTemplate(this.#password!, values),
    };
    return login.username === '' && login.password === '' ? undefined : login;
  }
}

function templateOf(text: string, credential: 'username' | 'password'): Template {
  const parsed = parseTemplate(text, credential);
  if (parsed.kind === 'malformed') throw new Error(`the ${credential} template must be ${parsed.expected}`);
  return parsed.template;
}
