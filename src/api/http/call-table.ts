/** Which methods there are at which address: for telling a wrong method from an unknown address. */
export class CallTable {
  readonly #methods = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  /** `url` as the router has it: `/subusers/:id/usage`. */
  add(url: string, method: string | readonly string[]): void {
    let entry = this.#methods.get(url);
    if (!entry) {
      const literal = (part: string) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : literal(part)));
      entry = { pattern: new RegExp(`^${parts.join('/')}$`), methods: new Set() };
      this.#methods.set(url, entry);
    }
    for (const one of [method].flat()) entry.methods.add(one);
  }

  /** In alphabetical order; none for an address that is not known. */
  methodsAt(path: string): string[] {
    const found = [...this.#methods.values()].filter(({ pattern }) => pattern.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  }
}
