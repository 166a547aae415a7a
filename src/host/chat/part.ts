import type { Event } from 'vscode';
import type { FromWebview, Wish } from '../../conversation/fromWebview.ts';
import type { StateChange } from '../../conversation/protocol.ts';

/** A part of what the chat page shows. The chat puts all parts into its snapshot, and tells the pages what changes. */
export interface ChatPart {
  readonly onDidChange: Event<StateChange>;
  /** What is to be seen now of the shown app and conversation. */
  state(): StateChange;
}

/** What is done for each message of a page. */
export type Acts = Readonly<Record<Wish, () => unknown>> & {
  readonly [Type in Exclude<FromWebview['type'], Wish | 'ready'>]: (
    message: Extract<FromWebview, { readonly type: Type }>,
  ) => unknown;
};

/** The message is one of those that the acts are for: its type says which. */
export function act(acts: Partial<Acts>, message: Exclude<FromWebview, { type: 'ready' }>): unknown {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The type of the message names the act that takes it.
  const does = acts[message.type] as ((message: FromWebview) => unknown) | undefined;
  return does?.(message);
}
