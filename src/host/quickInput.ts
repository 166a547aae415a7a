import { QuickInputButtons, window, type Disposable } from 'vscode';

/** What a step of a flow gives: a value, a step back, or the end of the flow. */
export type Answer<T> = T | 'back' | undefined;

export interface TextQuestion {
  readonly title: string;
  readonly step: number;
  readonly of: number;
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: string;
  readonly password: boolean;
  /** Says what is wrong with the text, or '' if nothing is. */
  readonly problem: (text: string) => string;
  /** Says what the text is taken for, or ''. */
  readonly hint: (text: string) => string;
}

/** Asks for one line. The back button is there from the second step on. */
export function askText(question: TextQuestion): Promise<Answer<string>> {
  return new Promise((resolve) => {
    const input = window.createInputBox();
    input.title = question.title;
    input.step = question.step;
    input.totalSteps = question.of;
    input.placeholder = question.placeholder;
    input.value = question.value;
    input.password = question.password;
    input.ignoreFocusOut = true;
    input.buttons = question.step > 1 ? [QuickInputButtons.Back] : [];
    const showHint = (text: string): void => {
      input.prompt = question.hint(text) || question.prompt;
      input.validationMessage = '';
    };
    showHint(input.value);
    const done = (answer: Answer<string>): void => {
      resolve(answer);
      for (const item of listening) item.dispose();
      input.dispose();
    };
    const listening: Disposable[] = [
      input.onDidChangeValue(showHint),
      input.onDidTriggerButton(() => done('back')),
      input.onDidHide(() => done(undefined)),
      input.onDidAccept(() => {
        const problem = question.problem(input.value);
        if (problem === '') done(input.value);
        else input.validationMessage = problem;
      }),
    ];
    input.show();
  });
}
