import { QuickInputButtons, window, type Disposable, type InputBox, type QuickInputButton } from 'vscode';

/** What a step of a flow gives: a value, a step back, or the end of the flow. */
export type Answer<T> = T | 'back' | undefined;

/** A button in the title of a question. */
export interface TitleButton extends QuickInputButton {
  readonly tooltip: string;
  /**
   * What it leads to takes the place of what was typed; `undefined` leaves it. The question is back afterwards, but for text of several
   * lines, which no box can hold: that is the answer.
   */
  readonly press: () => Promise<string | undefined>;
  /** Whether it leads into an editor, over which the question would stand. */
  readonly hides?: boolean;
  /** Whether what it leads to is the answer, also of one line. */
  readonly ends?: boolean;
}

export interface TextQuestion {
  readonly title: string;
  /** Where the question stands in a flow, if it does. */
  readonly step?: number;
  readonly of?: number;
  /** Whether there is a step before; it is, unless said otherwise, from the second step on. */
  readonly canGoBack?: boolean;
  readonly prompt: string;
  readonly placeholder: string;
  readonly value: string;
  /** Whether all of the value is selected: what is typed or pasted takes its place. */
  readonly selected?: boolean;
  readonly password: boolean;
  /** Says what is wrong with the text, or '' if nothing is. */
  readonly problem: (text: string) => string;
  /** The same while it is typed; unless given, nothing is said before the text is accepted. */
  readonly typing?: (text: string) => string;
  /** Says what the text is taken for, or ''. Shown before the prompt. */
  readonly hint: (text: string) => string;
  readonly buttons?: readonly TitleButton[];
  /** Hears every change. */
  readonly changed?: (text: string) => void;
}

/** Asks for one line. Esc gives the flow up; the back button is the first in the title. */
export function askText(question: TextQuestion): Promise<Answer<string>> {
  return new Promise((resolve) => {
    const input = inputFor(question);
    const showHint = (text: string): void => {
      input.prompt = [question.hint(text), question.prompt].filter((part) => part !== '').join(' ');
      input.validationMessage = question.typing?.(text) ?? '';
    };
    const done = (answer: Answer<string>): void => {
      resolve(answer);
      for (const item of listening) item.dispose();
      input.dispose();
    };
    let isAway = false;
    const press = async (button: TitleButton): Promise<void> => {
      isAway = true;
      if (button.hides === true) input.hide();
      const value = await button.press();
      isAway = false;
      if (value !== undefined && (button.ends === true || value.includes('\n'))) return done(value);
      if (value !== undefined) input.value = value;
      if (value !== undefined) question.changed?.(value);
      showHint(input.value);
      input.show();
    };
    const listening: Disposable[] = [
      input.onDidChangeValue((text) => {
        showHint(text);
        question.changed?.(text);
      }),
      input.onDidTriggerButton((button) => {
        const own = question.buttons?.find((each) => each === button);
        if (own === undefined) done('back');
        else void press(own);
      }),
      input.onDidHide(() => isAway || done(undefined)),
      input.onDidAccept(() => {
        const problem = question.problem(input.value);
        if (problem === '') done(input.value);
        else input.validationMessage = problem;
      }),
    ];
    showHint(input.value);
    input.show();
  });
}

function inputFor({ title, step, of, canGoBack, ...question }: TextQuestion): InputBox {
  const input = window.createInputBox();
  input.title = title;
  input.step = step;
  input.totalSteps = of;
  input.placeholder = question.placeholder;
  input.value = question.value;
  if (question.selected === true) input.valueSelection = [0, question.value.length];
  input.password = question.password;
  input.ignoreFocusOut = true;
  const back = (canGoBack ?? (step ?? 1) > 1) ? [QuickInputButtons.Back] : [];
  input.buttons = [...back, ...(question.buttons ?? [])];
  return input;
}
