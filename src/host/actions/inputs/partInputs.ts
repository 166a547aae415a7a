import type { InputControl } from '../../../dify/inputForm.ts';
import type { Fields } from '../../../dify/json.ts';
import type { Completed } from './completeInputs.ts';

type Filled = Readonly<Record<string, string>>;

/** Completes the inputs of one part after the other: what is asked for the first is not asked again for the others. */
export class PartInputs {
  readonly #complete: (form: readonly InputControl[], filled: Filled) => Promise<Completed | undefined>;
  /** By variable; what was left out is `undefined`. */
  readonly #given = new Map<string, unknown>();

  constructor(complete: (form: readonly InputControl[], filled: Filled) => Promise<Completed | undefined>) {
    this.#complete = complete;
  }

  /**
   * @param filled the texts of the part, by variable
   * @param mapped the controls that a text of each part goes into
   * @param open the others
   */
  async of(
    filled: Filled,
    mapped: readonly InputControl[],
    open: readonly InputControl[],
  ): Promise<Fields | 'anotherApp' | undefined> {
    const unknown = open.filter(({ variable }) => !this.#given.has(variable));
    const completed = await this.#complete([...mapped, ...unknown], filled);
    if (completed?.type !== 'inputs') return completed?.type;
    const { inputs, moved = [] } = completed;
    const before = Object.fromEntries([...this.#given].filter(([, value]) => value !== undefined));
    for (const { variable } of unknown) if (!moved.includes(variable)) this.#given.set(variable, inputs[variable]);
    return { ...before, ...inputs };
  }
}
