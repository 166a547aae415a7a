import { redact } from '../dify/redact.ts';

/** Shorter than any key: hiding it would take common words out of the log. */
const shortest = 8;

/** Takes out of a text what must stand in no log: what looks like a key, and every secret it was told of, whatever that looks like. */
export class Redaction {
  /** Each secret, and each form of it; the longest first, so that no part of a longer one is left. */
  #hidden: readonly string[] = [];

  /** From now on the secret is taken out, also where it stands in Base64, in an address or in JSON. */
  hide(secret: string): void {
    const bare = secret.trim();
    if (bare.length < shortest || this.#hidden.includes(bare)) return;
    const all = new Set([...this.#hidden, ...formsOf(bare)]);
    this.#hidden = [...all].sort((a, b) => b.length - a.length);
  }

  clean(text: string): string {
    return redact(this.#hidden.reduce((rest, hidden) => rest.replaceAll(hidden, '[key]'), text));
  }
}

function formsOf(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  const base64 = [0, 1, 2].map((offset) => base64Within(bytes, offset));
  const urlSafe = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...base64, ...urlSafe];
}

/**
 * What of the Base64 of a longer text depends on these bytes alone, if they begin there `offset` bytes after a multiple of three.
 */
function base64Within(bytes: Uint8Array, offset: number): string {
  const text = btoa('\0'.repeat(offset) + String.fromCodePoint(...bytes));
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}
