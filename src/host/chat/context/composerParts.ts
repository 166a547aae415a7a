import { window, type Disposable } from 'vscode';
import type { Recipe } from '../../../conversation/recipe.ts';
import type { Apps } from '../../apps.ts';
import { meansSecrets } from '../../source/secretsAsked.ts';
import type { Attachments } from '../attachments.ts';
import type { ChatPart } from '../part.ts';
import type { Talk } from '../talk.ts';
import { AddToChat } from './addToChat.ts';
import type { Attachment } from './attachment.ts';
import { attachmentFor, withOwnKey } from './attachments.ts';
import { contextActs, type ContextActs } from './contextActs.ts';
import { Contexts, type KeptContexts } from './contexts.ts';
import { EditorFollower } from './editorFollower.ts';
import { Mentions } from './mentions.ts';
import { offersOf } from './offers.ts';
import { Slash } from './slash.ts';

/** All that stands around the composer's text. */
export interface ComposerParts extends Disposable {
  readonly contexts: Contexts;
  /** What a question is sent with. */
  readonly attachments: Attachments;
  readonly follower: EditorFollower;
  readonly adding: AddToChat;
  readonly parts: readonly ChatPart[];
  readonly acts: ContextActs;
}

interface ComposerPorts {
  readonly talk: Pick<Talk, 'app' | 'conversation' | 'onDidShow' | 'onDidForget' | 'addToDraft'>;
  readonly apps: Pick<Apps, 'find'>;
  readonly kept: KeptContexts;
  /** Those that there are now. */
  readonly recipes: () => readonly Recipe[];
  /** As in `AddToChat`. */
  readonly show: () => Promise<unknown>;
}

export function composerParts({ talk, apps, kept, recipes, show }: ComposerPorts): ComposerParts {
  const contexts = new Contexts({ talk, apps, kept, say, meansSecrets, find: attachmentFor });
  const follower = new EditorFollower();
  const mentions = new Mentions(offersOf(follower));
  const attach = (one: Attachment): Promise<boolean> => contexts.attach(withOwnKey(one));
  const slash = new Slash({ talk, follower, recipes, attach });
  return {
    contexts,
    attachments: {
      ready: (_, home) => contexts.ready(home),
      take: (typed, home, again) => contexts.take(typed, home, again),
      giveBack: (items) => contexts.giveBack(items),
    },
    follower,
    adding: new AddToChat({ show, attach }),
    parts: [contexts, follower, mentions, slash],
    acts: contextActs({ contexts, follower, mentions, slash }),
    dispose: () => {
      follower.dispose();
      slash.dispose();
    },
  };
}

function say(sentence: string): void {
  void window.showWarningMessage(sentence);
}
