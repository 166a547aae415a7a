import type { Disposable } from 'vscode';
import type { Register } from '../../commands.ts';
import type { AddToChat } from './addToChat.ts';

/** Registers "Add to Dify Chat" of the editor and the explorer. @param load gives what does it, with the chat */
export function registerAddToChat(register: Register, load: () => Promise<AddToChat>): readonly Disposable[] {
  return [
    register('difyCompanion.chat.addSelection', async () => (await load()).addSelection()),
    register('difyCompanion.chat.addFile', async (clicked, selected) => (await load()).addFile(clicked, selected)),
  ];
}
