import { window, type Disposable } from 'vscode';
import type { Recipe } from '../../../conversation/recipe.ts';
import { meansSecrets } from '../../source/secretsAsked.ts';
import type { Acts, ChatPart } from '../part.ts';
import type { Talk } from '../talk.ts';
import { AddToChat } from './addToChat.ts';
import type { Attachment } from './attachment.ts';
import { attachmentFor, withOwnKey } from './attachments.ts';
import { contextActs } from './contextActs.ts';
import { Contexts, type KeptContexts } from './contexts.ts';
import { EditorFollower } from './editorFollower.ts';
import { Mentions } from './mentions.ts';
import { offersOf } from './offers.ts';
import { Slash } from './slash.ts';

/** All that stands around the composer's text. */
export interface ComposerParts extends Disposable {
  readonly contexts: Contexts;
  /** What a question is sent with. */
  readonly attachments: Pick<Contexts, 'ready' | 'take' | 'giveBack'>;
  readonly follower: EditorFollower;
  readonly adding: AddToChat;
  readonly parts: readonly ChatPart[];
  readonly acts: Partial<Acts>;
}

interface ComposerPorts {
  readonly talk: Pick<Talk, 'app' | 'conversation' | 'onDidShow' | 'addToDraft'>;
  readonly kept: KeptContexts;
  /** Those that there are now. */
  readonly recipes: () => readonly Recipe[];
  /** As in `AddToChat`. */
  readonly show: () => Promise<unknown>;
}

export function composerParts({ talk, kept, recipes, show }: ComposerPorts): ComposerParts {
  const contexts = new Contexts({ talk, kept, say, meansSecrets, find: attachmentFor });
  const follower = new EditorFollower();
  const mentions = new Mentions(offersOf(follower));
  const attach = (one: Attachment): Promise<boolean> => contexts.attach(withOwnKey(one));
  const slash = new Slash({ talk, follower, recipes, attach });
  return {
    contexts,
    attachments: {
      ready: () => contexts.ready(),
      take: (typed, again) => contexts.take(typed, again),
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
