import { ConversationFiles, type Keeping } from '../../src/host/conversationFiles.ts';

/** Conversations in a folder, of a window without VS Code. @param said hears what goes to the log and what the person is told */
export function filesIn(
  storage: string,
  said: (words: string, error?: unknown) => void = fail,
  keeping: Partial<Keeping> = {},
): ConversationFiles {
  return new ConversationFiles(storage, {
    t: (message, args = {}) => message.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(args[name])),
    log: { warn: said, error: said },
    tell: said,
    keeping: () => ({ keep: true, days: 90, atMost: 200, ...keeping }),
  });
}

function fail(words: string, error?: unknown): void {
  throw new Error(words, { cause: error });
}
