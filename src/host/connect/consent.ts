import { window, type Memento } from 'vscode';
import { isUnencrypted } from '../app.ts';
import { t } from '../words.ts';

const consentedKey = 'unencryptedOrigins';

/** Plain http to another computer needs a word of the person, once for each origin. */
export class Consent {
  readonly #everywhere: Memento;

  constructor(everywhere: Memento) {
    this.#everywhere = everywhere;
  }

  /** Whether the address may be used: it is encrypted, on this computer, or the person said so before or says so now. */
  async ask(baseUrl: string): Promise<boolean> {
    if (!URL.canParse(baseUrl)) return false;
    const { origin } = new URL(baseUrl);
    const consented = this.#everywhere.get<readonly string[]>(consentedKey) ?? [];
    if (!isUnencrypted(baseUrl) || consented.includes(origin)) return true;
    const connect = t('Connect Without Encryption');
    const pressed = await window.showWarningMessage(
      t('{origin} is not encrypted. The key and your text can be read on the way.', { origin }),
      { modal: true },
      connect,
    );
    if (pressed !== connect) return false;
    await this.#everywhere.update(consentedKey, [...consented, origin]);
    return true;
  }
}
