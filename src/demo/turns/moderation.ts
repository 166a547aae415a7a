import type { Inputs } from '../history/store.ts';

/** Words that an app does not let through, and what it says instead. */
export interface Moderation {
  /** Found in any writing of upper and lower case, inside of words too. */
  readonly keywords: readonly string[];
  /** The answer to a question or input with such a word; absent: neither is looked at. */
  readonly inputPreset?: string;
  /** Takes the place of an answer with such a word; absent: answers are not looked at. */
  readonly outputPreset?: string;
}

/** What is said instead of asking the model, or undefined if nothing offends. */
export function inputPreset(moderation: Moderation | undefined, inputs: Inputs, query: string): string | undefined {
  const texts = [query, ...Object.values(inputs)];
  return texts.some((text) => offends(moderation, String(text))) ? moderation?.inputPreset : undefined;
}

/** What the person sees in place of this answer, or undefined if it may stay. */
export function outputPreset(moderation: Moderation | undefined, answer: string): string | undefined {
  return offends(moderation, answer) ? moderation?.outputPreset : undefined;
}

function offends(moderation: Moderation | undefined, text: string): boolean {
  const lower = text.toLowerCase();
  return moderation?.keywords.some((keyword) => lower.includes(keyword.toLowerCase())) === true;
}

/** Letters of a running answer between two looks at it. */
const stride = 300;
/** A running answer is looked at once a second at most. */
const pause = 1000;

/** Looks at an answer while it grows. */
export class OutputWatch {
  readonly #moderation: Moderation | undefined;
  #seen = 0;
  #next: number | undefined;

  constructor(moderation: Moderation | undefined) {
    this.#moderation = moderation;
  }

  /** @returns what to replace the answer with. The real server looks by a clock; here the next piece of text has to come. */
  look(answer: string, now: number): string | undefined {
    this.#next ??= now + pause;
    if (now < this.#next) return undefined;
    this.#next = now + pause;
    if (answer.length - this.#seen < stride) return undefined;
    this.#seen = answer.length;
    return outputPreset(this.#moderation, answer);
  }
}
