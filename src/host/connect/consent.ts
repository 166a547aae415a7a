import type { Memento } from 'vscode';

const consentedKey = 'unencryptedOrigins';

/** To which origins the person lets the key and the text go without encryption. Asked once for each; no workspace has a say. */
export class Consent {
  readonly #everywhere: Memento;

  constructor(everywhere: Memento) {
    this.#everywhere = everywhere;
  }

  has(baseUrl: string): boolean {
    return this.#origins().includes(new URL(baseUrl).origin);
  }

  async give(baseUrl: string): Promise<void> {
    const { origin } = new URL(baseUrl);
    if (!this.has(baseUrl)) await this.#everywhere.update(consentedKey, [...this.#origins(), origin]);
  }

  #origins(): readonly unknown[] {
    const stored = this.#everywhere.get<unknown>(consentedKey);
    return Array.isArray(stored) ? stored : [];
  }
}
