import { QuickInputButtons, window, type Disposable, type QuickInputButton, type QuickPickItem } from 'vscode';
import type { Answer } from './quickInput.ts';

/** What was pressed: a row, a button in a row, or a button of the whole list. */
export interface Pressed<T> {
  readonly row: T | undefined;
  readonly button: QuickInputButton | undefined;
}

export interface Choice<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly rows: readonly T[];
  /** The row that the keyboard begins at; the first one if there is none. */
  readonly active?: T | undefined;
  readonly buttons?: readonly QuickInputButton[];
  /** Whether there is something to go back to. */
  readonly back?: boolean;
  /** Whether it stays when the focus goes elsewhere. */
  readonly stays?: boolean;
}

/** Lets the person choose a row, or press a button. */
export function askChoice<T extends QuickPickItem>(choice: Choice<T>): Promise<Answer<Pressed<T>>> {
  return new Promise((resolve) => {
    const input = window.createQuickPick<T>();
    input.title = choice.title;
    input.placeholder = choice.placeholder;
    input.items = choice.rows;
    if (choice.active !== undefined) input.activeItems = [choice.active];
    input.ignoreFocusOut = choice.stays ?? false;
    input.matchOnDescription = true;
    input.matchOnDetail = true;
    input.buttons = [...(choice.back === true ? [QuickInputButtons.Back] : []), ...(choice.buttons ?? [])];
    const done = (answer: Answer<Pressed<T>>): void => {
      resolve(answer);
      for (const item of listening) item.dispose();
      input.dispose();
    };
    const listening: Disposable[] = [
      input.onDidHide(() => done(undefined)),
      input.onDidAccept(() => {
        const [row] = input.selectedItems;
        if (row !== undefined) done({ row, button: undefined });
      }),
      input.onDidTriggerItemButton(({ item, button }) => done({ row: item, button })),
      input.onDidTriggerButton((button) =>
        done(button === QuickInputButtons.Back ? 'back' : { row: undefined, button }),
      ),
    ];
    input.show();
  });
}
