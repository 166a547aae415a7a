import type { FieldValue, FormValues } from '../../conversation/inputForm.ts';

/** At most this long, in milliseconds, the host does not know what was typed into a field. */
const delay = 250;

/** What the person typed into the fields of one form: told to the host soon, and shown before it comes back from there. */
export class FormDraft {
  readonly #post: (values: FormValues) => void;
  /** By variable; `told`: the host was told, and has not said it back. */
  readonly #own = new Map<string, { readonly value: FieldValue; told: boolean }>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(post: (values: FormValues) => void) {
    this.#post = post;
  }

  /** What goes before the host's values. */
  get own(): FormValues {
    return Object.fromEntries([...this.#own].map(([variable, { value }]) => [variable, value]));
  }

  change(variable: string, value: FieldValue): void {
    this.#own.set(variable, { value, told: false });
    // The host adds to files too: it knows of this before it does.
    if (Array.isArray(value)) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), delay);
  }

  /** The host says what stands there. Its own texts of a moment ago, which come while the person types on, change nothing. */
  heard(values: FormValues): void {
    for (const [variable, { value, told }] of this.#own) {
      const isBack = Array.isArray(value) || values[variable] === value;
      if (told && isBack) this.#own.delete(variable);
    }
  }

  /** Tells what is not told yet, now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const untold = [...this.#own].filter(([, { told }]) => !told);
    if (untold.length === 0) return;
    for (const [, one] of untold) one.told = true;
    this.#post(Object.fromEntries(untold.map(([variable, { value }]) => [variable, value])));
  }

  /** Everything was submitted, or given up. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#own.clear();
  }
}
