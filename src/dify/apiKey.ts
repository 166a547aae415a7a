import { DifyError } from './errors.ts';

/**
 * An app's API key, bound to the origin it was entered for. It never turns into text by accident: printing, concatenating or
 * serialising it gives `app-…(28)`. The only way out is {@link ApiKey.authorizationFor}.
 */
export class ApiKey {
  readonly #value: string;
  /** Like `https://api.dify.ai`. */
  readonly origin: string;

  /** @param value the key as pasted; white space around it is dropped */
  constructor(value: string, origin: string) {
    this.#value = value.trim();
    this.origin = origin;
  }

  /**
   * The value of the `Authorization` header.
   *
   * @throws {DifyError} `invalidKey` for a key with characters that no header can carry (`fetch` would put the whole key into its
   *   own error message), and for a URL of another origin than the key was entered for.
   */
  authorizationFor(url: URL): string {
    if (!/^[\x21-\x7e]{8,512}$/.test(this.#value)) {
      throw new DifyError('invalidKey', 'The API key has characters that cannot be sent');
    }
    if (url.origin !== this.origin) {
      throw new DifyError('invalidKey', `The API key was entered for ${this.origin}, not for ${url.origin}`, {
        location: url.origin,
      });
    }
    return `Bearer ${this.#value}`;
  }

  toString(): string {
    return `app-…(${this.#value.length})`;
  }

  toJSON(): string {
    return this.toString();
  }

  /** What Node's `util.inspect`, so `console.log`, prints. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}
