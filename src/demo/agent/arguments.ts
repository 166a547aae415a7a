import { invalidParam } from '../http/errors.ts';
import type { ToolInput } from './agent.ts';

/**
 * The arguments of a tool as the model wrote them.
 *
 * @throws {ApiError} 400 with the words of Python's JSON reader, which end the turn.
 */
export function toolArguments(json: string): ToolInput {
  if (json === '') return {};
  try {
    // The border to what a model said: anything but an object has no arguments in it.
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    throw invalidParam(faultIn(json));
  }
}

/** Where Python's reader gives up, and what it says: it reads value by value, from the left. */
function faultIn(json: string): string {
  const reader = new Reader(json);
  try {
    reader.value();
    return reader.told('Extra data');
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  }
}

class Reader {
  readonly #json: string;
  #at = 0;

  constructor(json: string) {
    this.#json = json;
  }

  value(): void {
    if (this.#take(/\{/y)) this.#members(() => this.#member(), /\}/y);
    else if (this.#take(/\[/y)) this.#members(() => this.value(), /\]/y);
    else if (this.#sees('"')) this.#string();
    else if (!this.#take(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null|NaN|-?Infinity/iy))
      this.#fail('Expecting value');
    this.#take(/\s+/y);
  }

  told(what: string): string {
    const before = this.#json.slice(0, this.#at).split('\n');
    return `${what}: line ${before.length} column ${(before.at(-1)?.length ?? 0) + 1} (char ${this.#at})`;
  }

  #members(member: () => void, end: RegExp): void {
    this.#take(/\s+/y);
    if (this.#take(end)) return;
    for (;;) {
      member();
      if (this.#take(end)) return;
      if (!this.#take(/,\s*/y)) this.#fail("Expecting ',' delimiter");
    }
  }

  #member(): void {
    if (!this.#sees('"')) this.#fail('Expecting property name enclosed in double quotes');
    this.#string();
    this.#take(/\s+/y);
    if (!this.#take(/:\s*/y)) this.#fail("Expecting ':' delimiter");
    this.value();
  }

  #string(): void {
    if (!this.#take(/"(?:[^"\\]|\\.)*"/sy)) this.#fail('Unterminated string starting at');
  }

  #sees(sign: string): boolean {
    return this.#json[this.#at] === sign;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#json)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #fail(what: string): never {
    throw new SyntaxError(this.told(what));
  }
}
