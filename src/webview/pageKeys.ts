import type { PageCommand } from '../conversation/protocol.ts';
import type { Panel } from './actions.ts';

/** What of a keyboard event the page's own keys are known by. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

interface Now {
  readonly panel: Panel | undefined;
  /** An answer is under way. */
  readonly isBusy: boolean;
}

const fontSteps: Readonly<Record<string, -1 | 0 | 1>> = { '=': 1, '+': 1, '-': -1, '0': 0 };
const moves: Readonly<Record<string, PageCommand>> = { ArrowUp: 'previousMessage', ArrowDown: 'nextMessage' };

/**
 * What a key means anywhere in the page, unless something in it has taken it: Escape closes what is open, and only then stops the
 * answer. A number is a step of the font size.
 */
export function keyOf(event: Pressed, { panel, isBusy }: Now): PageCommand | 'close' | 'stop' | -1 | 0 | 1 | undefined {
  const { key, altKey } = event;
  const isCommand = event.ctrlKey || event.metaKey;
  if (altKey) return isCommand ? undefined : moves[key];
  if (isCommand) return key === 'f' ? 'find' : fontSteps[key];
  if (key !== 'Escape') return undefined;
  if (panel !== undefined) return 'close';
  return isBusy ? 'stop' : undefined;
}
