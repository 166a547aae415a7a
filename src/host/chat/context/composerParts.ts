import { window, type Disposable, type Uri } from 'vscode';
import type { Recipe } from '../../../conversation/recipe.ts';
import type { Apps } from '../../apps.ts';
import { meansSecrets } from '../../source/secretsAsked.ts';
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
  /** Whether the file goes along as a file, and not as its text. */
  readonly takeFile: (uri: Uri) => Promise<boolean>;
  /** As in `AddToChat`. */
  readonly show: () => Promise<boolean>;
}

export function composerParts({ talk, apps, kept, recipes, takeFile, show }: ComposerPorts): ComposerParts {
  const contexts = new Contexts({ talk, apps, kept, say, meansSecrets, find: attachmentFor });
  const follower = new EditorFollower();
  const mentions = new Mentions(offersOf(follower));
  const attach = async (one: Attachment): Promise<boolean> => {
    const isFile = one.item.kind === 'file' && one.uri !== undefined && (await takeFile(one.uri));
    return isFile || (await contexts.attach(withOwnKey(one)));
  };
  const slash = new Slash({ talk, follower, recipes, attach });
  return {
    contexts,
    follower,
    adding: new AddToChat({ show, attach }),
    parts: [contexts, follower, mentions, slash],
    acts: contextActs({ contexts, follower, mentions, slash, attach }),
    dispose: () => {
      follower.dispose();
      slash.dispose();
    },
  };
}

function say(sentence: string): void {
  void window.showWarningMessage(sentence);
}
