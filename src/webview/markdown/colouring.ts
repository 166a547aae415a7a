import { codeBlockAround } from './codeBlock.ts';

/** Work is begun only while this much of the browser's spare time is left, in milliseconds: no slice takes longer. */
const enough = 6;
/** After this long work goes on even if the browser is never idle, in milliseconds. */
const longestWait = 500;

interface Work {
  readonly figure: Element;
  readonly steps: Generator<void>;
}

const waiting: Work[] = [];
let isAsked = false;

/**
 * Colours the code blocks in an element that will not change any more, slice by slice when the browser has nothing else to do. The last
 * ones come first: they are those in sight.
 */
export function colourCodeIn(settled: Element): void {
  const figures = settled.matches('figure.code') ? [settled] : settled.querySelectorAll('figure.code');
  for (const figure of figures) {
    const block = codeBlockAround(figure);
    if (block !== undefined) waiting.push({ figure, steps: block.colour() });
  }
  ask();
}

function ask(): void {
  if (isAsked || waiting.length === 0) return;
  isAsked = true;
  requestIdleCallback(work, { timeout: longestWait });
}

function work(deadline: IdleDeadline): void {
  isAsked = false;
  do {
    // What was replaced meanwhile is not worth it.
    while (waiting.at(-1)?.figure.isConnected === false) waiting.pop();
    if (waiting.at(-1)?.steps.next().done === true) waiting.pop();
  } while (waiting.length > 0 && deadline.timeRemaining() > enough);
  ask();
}
