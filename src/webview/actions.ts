import type { Remedy } from '../conversation/failure.ts';
import type { FromWebview, Wish } from '../conversation/fromWebview.ts';
import type { HideableNotice } from '../conversation/appFace.ts';

/** What may take the place of the conversation, or stand above it. */
export type Panel = 'conversations' | 'variables' | 'find' | 'inputs';

/** All that a person can want from the page. One object for its life, so that passing it on renders nothing anew. */
export interface Actions {
  /** Posts what the person wants. */
  readonly post: (message: FromWebview) => void;
  /** Posts a wish that says it all by its name. */
  readonly wish: (type: Wish) => void;
  readonly hideNotice: (kind: HideableNotice) => void;
  readonly showNotice: (kind: HideableNotice) => void;
  /** The text in the composer changed. */
  readonly type: (text: string) => void;
  /** Sends the composer's text. */
  readonly submit: () => void;
  /** Sends a text that is not the composer's. */
  readonly ask: (query: string) => void;
  /** Puts a text under what is typed, for the person to go on with. */
  readonly insert: (text: string) => void;
  readonly stop: () => void;
  /** An earlier question, or a later one, in place of `text`; `undefined` if the key is for the cursor. */
  readonly recall: (direction: 'earlier' | 'later', text: string) => string | undefined;
  /** Runs what `/` offers by this name. */
  readonly runSlash: (name: string) => void;
  /** Shows the panel, or closes it if it is the one that is shown. */
  readonly toggle: (panel: Panel) => void;
  /** Shows the panel, also where it is shown already. */
  readonly open: (panel: Panel) => void;
  readonly close: () => void;
  /** Lets a screen reader say it. */
  readonly announce: (text: string) => void;
  readonly remedy: (key: string, remedy: Remedy) => void;
  readonly askAgain: (key: string) => void;
  readonly copy: (text: string) => void;
  readonly openLink: (href: string) => void;
}
