import { commands, type Disposable } from 'vscode';
import type { Register } from '../commands.ts';
import type { Demo } from './demo.ts';

/** Registers the commands of the demo, and lets one that was on go on. */
export function registerDemo(register: Register, demo: Demo): readonly Disposable[] {
  void demo.bind();
  return [
    register('difyCompanion.demo.start', async () => {
      await demo.start();
      await commands.executeCommand('difyCompanion.chat.show');
    }),
    register('difyCompanion.demo.leave', () => demo.leave()),
  ];
}
