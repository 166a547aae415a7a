import { commands, window, type Disposable } from 'vscode';
import { describe, type Failure } from '../conversation/failure.ts';
import type { Log } from './log.ts';
import { sentenceOf } from './sentence.ts';
import { t } from './words.ts';

/** Registers a command. */
export type Register = (id: string, run: (...args: readonly unknown[]) => unknown) => Disposable;

/** Starts work that nobody waits for, like that of a button. */
export type Start = (what: string, work: () => unknown) => void;

/** The one boundary for everything that a person starts: what the work throws is logged, and told once. */
export function boundary(log: Log): { readonly register: Register; readonly start: Start } {
  const run = async (what: string, work: () => unknown): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.error(what, error);
      const failure = describe(error, { t, host: '', keepsAnswers: false });
      await notify(failure, { [t('Show Log')]: () => log.show() });
    }
  };
  return {
    register: (id, work) => commands.registerCommand(id, (...args: readonly unknown[]) => run(id, () => work(...args))),
    start: (what, work) => void run(what, work),
  };
}

/** Shows the failure with buttons, and runs the one that is pressed. */
export async function notify(failure: Failure, buttons: Readonly<Record<string, () => unknown>>): Promise<void> {
  const pressed = await window.showErrorMessage(sentenceOf(failure), ...Object.keys(buttons));
  if (pressed !== undefined) await buttons[pressed]?.();
}
