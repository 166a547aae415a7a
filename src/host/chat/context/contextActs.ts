import type { Acts } from '../part.ts';
import type { Attachment } from './attachment.ts';
import { fileAttachment, pastedAttachment } from './attachments.ts';
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
  readonly attach: (attachment: Attachment) => Promise<boolean>;
}

/** Begins the key of every text that the page brings: none of ours begins like it. */
const pasted = 'paste-';

/** What the page asks for to go along with a question. */
export function contextActs({ contexts, follower, mentions, slash, attach }: ContextActsPorts): ContextActs {
  return {
    attach: async ({ key }) => {
      const found = mentions.find(key) ?? (key === 'selection' ? follower.selection() : undefined);
      if (found !== undefined) await attach(found);
    },
    detach: ({ key }) => contexts.detach(key),
    drop: async ({ uris }) => {
      for (const uri of await droppedFiles(uris)) await attach(fileAttachment(uri));
    },
    paste: async ({ key, name, text }) => {
      if (key.startsWith(pasted)) await contexts.attach(pastedAttachment(key, name, text));
    },
    mention: ({ filter }) => mentions.filter(filter),
    closeMentions: () => mentions.close(),
    slash: ({ name }) => slash.run(name),
  };
}
