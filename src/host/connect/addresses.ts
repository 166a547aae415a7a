import type { Memento } from 'vscode';

const addressesKey = 'addresses';
const most = 10;

/** The addresses that apps were connected at, the last one first. */
export class Addresses {
  readonly #everywhere: Memento;

  constructor(everywhere: Memento) {
    this.#everywhere = everywhere;
  }

  list(): readonly string[] {
    const stored = this.#everywhere.get<unknown>(addressesKey);
    const all: readonly unknown[] = Array.isArray(stored) ? stored : [];
    return all.filter((address) => typeof address === 'string' && URL.canParse(address)).map(String);
  }

  async used(baseUrl: string): Promise<void> {
    const others = this.list().filter((address) => address !== baseUrl);
    await this.#everywhere.update(addressesKey, [baseUrl, ...others].slice(0, most));
  }
}
