import type { Disposable } from 'vscode';
import type { Edits } from './edits.ts';

/** The one {@link Edits} of the window, loaded by what needs it first: two would not know each other's diffs. */
export class EditsOnDemand implements Disposable {
  #loading: Promise<Edits> | undefined;

  load(): Promise<Edits> {
    return (this.#loading ??= import('./edits.ts').then((loaded) => new loaded.Edits()));
  }

  dispose(): void {
    void this.#loading?.then((edits) => edits.dispose());
  }
}
