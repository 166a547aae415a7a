import type { Acts } from '../part.ts';
import { fileAttachment, pastedAttachment, withOwnKey } from './attachments.ts';
import type { Contexts } from './contexts.ts';
import { droppedFiles } from './dropped.ts';
import type { EditorFollower } from './editorFollower.ts';
import type { Mentions } from './mentions.ts';
import type { Slash } from './slash.ts';

export type ContextActs = Pick<Acts, 'attach' | 'detach' | 'drop' | 'paste' | 'mention' | 'closeMentions' | 'slash'>;

interface ContextActsPorts {
  readonly contexts: Contexts;
  readonly follower: EditorFollower;
  readonly mentions: Mentions;
  readonly slash: Slash;
}

/** Begins the key of every text that the page brings: none of ours begins like it. */
const pasted = 'paste-';

/** What the page asks for to go along with a question. */
export function contextActs({ contexts, follower, mentions, slash }: ContextActsPorts): ContextActs {
  return {
    attach: async ({ key }) => {
      const found = mentions.find(key) ?? (key === 'selection' ? follower.selection() : undefined);
      if (found !== undefined) await contexts.attach(withOwnKey(found));
    },
    detach: ({ key }) => contexts.detach(key),
    drop: async ({ uris }) => {
      for (const uri of await droppedFiles(uris)) await contexts.attach(withOwnKey(fileAttachment(uri)));
    },
    paste: async ({ key, name, text }) => {
      if (key.startsWith(pasted)) await contexts.attach(pastedAttachment(key, name, text));
    },
    mention: ({ filter }) => mentions.filter(filter),
    closeMentions: () => mentions.close(),
    slash: ({ name }) => slash.run(name),
  };
}
