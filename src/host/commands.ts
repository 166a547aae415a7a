import { commands, window, type Disposable } from 'vscode';
import { describe, type Failure } from '../conversation/failure.ts';
import type { Log } from './log.ts';
import { t } from './words.ts';

/** Registers a command. */
export type Register = (id: string, run: (...args: readonly unknown[]) => unknown) => Disposable;

/** Makes the one boundary for all commands: what a handler throws is logged, and told once. */
export function commandRegistrar(log: Log): Register {
  return (id, run) =>
    commands.registerCommand(id, async (...args: readonly unknown[]) => {
      try {
        await run(...args);
      } catch (error) {
        log.error(id, error);
        const failure = describe(error, { t, host: '', keepsAnswers: false });
        await notify(failure, { [t('Show Log')]: () => log.show() });
      }
    });
}

/** Shows the failure with buttons, and runs the one that is pressed. */
export async function notify(failure: Failure, buttons: Readonly<Record<string, () => unknown>>): Promise<void> {
  const text = failure.advice === '' ? failure.fact : `${failure.fact} ${failure.advice}`;
  const pressed = await window.showErrorMessage(text, ...Object.keys(buttons));
  if (pressed !== undefined) await buttons[pressed]?.();
}
