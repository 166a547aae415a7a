import type { HighlightIn } from '../highlight/highlight.ts';
import { importScript } from '../pageScript.ts';
import { codeBlockAround, type CodeBlock } from './codeBlock.ts';

/** Work is begun only while this much of the browser's spare time is left, in milliseconds: no slice takes longer. */
const enough = 6;
/** After this long work goes on even if the browser is never idle, in milliseconds. */
const longestWait = 500;

interface Work {
  readonly block: CodeBlock;
  /** Once it was begun. */
  steps?: Generator<void>;
}

const waiting: Work[] = [];
let isAsked = false;
let highlightIn: HighlightIn | undefined;
let loading: Promise<void> | undefined;

/**
 * Colours the code blocks in an element that will not change any more, slice by slice when the browser has nothing else to do. The last
 * ones come first: they are those in sight.
 */
export function colourCodeIn(settled: Element): void {
  const figures = settled.matches('figure.code') ? [settled] : settled.querySelectorAll('figure.code');
  for (const figure of figures) {
    const block = codeBlockAround(figure);
    if (block !== undefined) waiting.push({ block });
  }
  if (waiting.length > 0) void load().then(ask);
}

/** Loads the grammars with the first block of code. */
function load(): Promise<void> {
  loading ??= importScript('highlight').then((loaded) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is our own file
    highlightIn = (loaded as { readonly highlightIn: HighlightIn } | undefined)?.highlightIn;
  });
  return loading;
}

function ask(): void {
  if (isAsked || waiting.length === 0 || highlightIn === undefined) return;
  isAsked = true;
  requestIdleCallback(work, { timeout: longestWait });
}

function work(deadline: IdleDeadline): void {
  isAsked = false;
  let next: Work | undefined;
  do {
    // What was replaced meanwhile is not worth it.
    while (waiting.at(-1)?.block.figure.isConnected === false) waiting.pop();
    next = waiting.findLast(({ block }) => !isSelected(block.figure));
    if (next === undefined || highlightIn === undefined) break;
    next.steps ??= next.block.colour(highlightIn);
    if (next.steps.next().done === true) waiting.splice(waiting.indexOf(next), 1);
  } while (deadline.timeRemaining() > enough);
  if (next !== undefined) ask();
  else if (waiting.length > 0) document.addEventListener('selectionchange', ask, { once: true });
}

/** Colouring would take the selection away. */
function isSelected(figure: Element): boolean {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(figure, true);
}
