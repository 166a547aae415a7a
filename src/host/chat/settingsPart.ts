import { ConfigurationTarget, EventEmitter, workspace, type Disposable } from 'vscode';
import type { PageSettings, StateChange } from '../../conversation/protocol.ts';
import type { Acts, ChatPart } from './part.ts';

/** Smallest and largest size of the chat's text that a setting can ask for, in pixels; 0 for that of VS Code. */
const sizes = { least: 8, most: 32 } as const;
/** The size of VS Code's own text, which the first step begins at. */
const usual = 13;

/** The settings that the page follows. */
export class SettingsPart implements ChatPart, Disposable {
  readonly #changed = new EventEmitter<StateChange>();
  readonly #listening = workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('difyCompanion.chat')) this.#changed.fire(this.state());
  });
  readonly onDidChange = this.#changed.event;

  state(): StateChange {
    return { settings: pageSettings() };
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }
}

/** Larger (1), smaller (-1) or as in VS Code (0). */
export function settingsActs(): Pick<Acts, 'fontSize'> {
  return { fontSize: ({ step }) => changeFontSize(step) };
}

export async function changeFontSize(step: -1 | 0 | 1): Promise<void> {
  const size = nextSize(pageSettings().fontSize, step);
  const chat = workspace.getConfiguration('difyCompanion.chat');
  await chat.update('fontSize', size === 0 ? undefined : size, ConfigurationTarget.Global);
}

/** @param size as the setting has it @returns the size after the step, as the setting has it */
function nextSize(size: number, step: -1 | 0 | 1): number {
  return step === 0 ? 0 : within((size === 0 ? usual : size) + step);
}

/** A setting is whatever was written there. */
function pageSettings(): PageSettings {
  const chat = workspace.getConfiguration('difyCompanion.chat');
  const fontSize = chat.get<unknown>('fontSize');
  return {
    sendKey: oneOf(['enter', 'ctrlEnter', 'shiftEnter'], chat.get('sendKey')),
    fontSize: typeof fontSize === 'number' && fontSize > 0 ? within(fontSize) : 0,
    scroll: oneOf(['follow', 'top', 'off'], chat.get('scroll')),
  };
}

/** The first is the one that counts unless another is chosen. */
function oneOf<Value extends string>(values: readonly [Value, ...Value[]], chosen: unknown): Value {
  return values.find((value) => value === chosen) ?? values[0];
}

function within(size: number): number {
  return Math.min(sizes.most, Math.max(sizes.least, Math.round(size)));
}
