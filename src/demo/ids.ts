/**
 * Ids of what the API names without showing it: an app, a workspace. The same words always get the same id, like
 * `of('app', key)`, `of('tenant')`.
 */
export class Ids {
  readonly #known = new Map<string, string>();
  readonly #uuid: () => string;

  constructor(uuid: () => string) {
    this.#uuid = uuid;
  }

  of(...words: readonly string[]): string {
    const name = JSON.stringify(words);
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const id = this.#uuid();
    this.#known.set(name, id);
    return id;
  }
}
