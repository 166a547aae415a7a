/** What a ReAct model wants done: call a tool, or give the final answer. */
export interface ReactAction {
  readonly name: string;
  readonly input: unknown;
}

const markers = ['action:', 'thought:'] as const;

/**
 * Takes a ReAct model's text apart, sign by sign, as Dify does: the words "Thought:" and "Action:" disappear, JSON (bare or in a code
 * block) becomes an action, all else comes back in pieces of mostly one sign. A sign that might begin one of the words waits for the
 * next, hence pieces of two.
 */
export class ReactOutput {
  #held = '';
  #marker: (typeof markers)[number] | undefined;
  #last = '';
  #ticks = 0;
  #block: string | undefined;
  #json = '';
  #depth = 0;

  *add(text: string): Generator<string | ReactAction> {
    for (const sign of text) yield* this.#take(sign);
  }

  /** What is left at the end of the text. */
  *end(): Generator<string | ReactAction> {
    if (this.#block !== undefined) yield this.#block;
    if (this.#json !== '') yield actionIn(this.#json);
  }

  *#take(sign: string): Generator<string | ReactAction> {
    const ticks = this.#ticks;
    this.#ticks = this.#depth === 0 && sign === '`' ? ticks + 1 : 0;
    if (this.#block === undefined) yield* this.#outside(sign, ticks);
    else yield* this.#inBlock(sign);
  }

  *#inBlock(sign: string): Generator<string | ReactAction> {
    this.#block += sign;
    this.#last = sign;
    if (this.#ticks === 3) yield* this.#endOfBlock();
  }

  *#outside(sign: string, ticks: number): Generator<string | ReactAction> {
    // Ticks come with what follows them, unless a code block begins.
    if (this.#ticks === 0 && ticks > 0) yield '`'.repeat(ticks);
    if (this.#depth === 0 && (yield* this.#isOfMarker(sign))) return;
    this.#last = sign;
    if (this.#ticks === 3) this.#beginBlock();
    else if (sign === '{' || this.#depth > 0) yield* this.#inJson(sign);
    else yield sign === '`' ? '' : sign;
  }

  /** Whether the sign continues or begins one of the words that are not shown. */
  *#isOfMarker(sign: string): Generator<string, boolean> {
    const lower = sign.toLowerCase();
    if (this.#marker?.[this.#held.length] === lower) {
      this.#held += sign;
      this.#last = sign;
      if (this.#held.length === this.#marker.length) this.#drop();
      return true;
    }
    if (this.#held !== '') {
      yield this.#held;
      this.#drop();
      return false;
    }
    const isWordStart = ['\n', ' ', ''].includes(this.#last);
    this.#marker = isWordStart ? markers.find((marker) => marker.startsWith(lower)) : undefined;
    if (this.#marker === undefined) return false;
    this.#held = sign;
    this.#last = sign;
    return true;
  }

  #drop(): void {
    this.#held = '';
    this.#marker = undefined;
  }

  #beginBlock(): void {
    this.#ticks = 0;
    this.#block = '```';
  }

  *#endOfBlock(): Generator<string | ReactAction> {
    const [, json] = /^```(?:json)*\s*([[{].*[\]}])\s*```$/is.exec(this.#block ?? '') ?? [];
    if (json === undefined) return;
    this.#ticks = 0;
    this.#block = undefined;
    yield actionIn(json);
    yield '';
  }

  *#inJson(sign: string): Generator<string | ReactAction> {
    this.#json += sign;
    if (sign === '{') this.#depth++;
    if (sign === '}') this.#depth--;
    if (this.#depth > 0) return;
    yield actionIn(this.#json);
    this.#json = '';
  }
}

/** JSON that names no action is text. */
function actionIn(json: string): ReactAction | string {
  try {
    const value: unknown = JSON.parse(json);
    const object: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
    const members = typeof object === 'object' && object !== null ? Object.entries(object) : [];
    const input = members.findLast(([key]) => key.toLowerCase().includes('input'));
    const name = members.findLast(([key]) => !key.toLowerCase().includes('input'));
    return input === undefined || name === undefined ? json : { name: String(name[1]), input: input[1] };
  } catch {
    return json;
  }
}
