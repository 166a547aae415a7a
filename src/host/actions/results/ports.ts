import type { Recipe } from '../../../conversation/recipe.ts';
import type { CutAnswer } from '../../../conversation/rest.ts';
import type { RunEvent } from '../../../conversation/run.ts';
import type { Answered } from '../../activity.ts';
import type { App } from '../../app.ts';
import type { Start } from '../../commands.ts';
import type { Life } from '../../life.ts';
import type { Rate } from '../../rate.ts';
import type { ResultFiles } from '../../resultFiles.ts';
import type { Followed } from '../../edits/followed.ts';
import type { ResultRequest } from '../../../conversation/result.ts';
import type { Source } from '../../source/source.ts';
import type { RepairApp } from '../tellFailure.ts';

/** A request that was sent, and that is to be sent again otherwise. */
export interface ToChange {
  readonly app: App;
  readonly recipe: Recipe;
  readonly source: Source;
  readonly request: ResultRequest;
}

/** What results need of the rest. */
export interface ResultPorts {
  readonly ask: (app: App, request: ResultRequest, signal: AbortSignal) => AsyncGenerator<RunEvent, void, void>;
  /** What became of an answer that was cut off; see `restOf`. */
  readonly rest: (app: App, cut: CutAnswer, signal: AbortSignal) => AsyncGenerator<RunEvent, void, void>;
  readonly rate: Rate;
  /** The app as it is now; `undefined` if it is not connected any more. */
  readonly appWith: (id: string) => App | undefined;
  readonly files: ResultFiles;
  /** @param title what the answer is called in the title of a diff */
  readonly follow: (source: Source, title: string) => Followed;
  /** Whether a replacement is shown before it is made. */
  readonly howToReplace: () => 'preview' | 'direct';
  /** Whether the person lets what was sent before go to the app where it is now. */
  readonly mayGoAgain: (app: App, source: Source, requests: readonly ResultRequest[]) => Promise<boolean>;
  /** Lets the person change what is asked; `undefined` if they give up. */
  readonly change: (asked: ToChange) => Promise<ResultRequest | undefined>;
  readonly continueInChat: (answered: Answered) => Promise<void>;
  readonly repair: RepairApp;
  readonly start: Start;
  readonly life: Pick<Life, 'onDidErase' | 'closing' | 'finish'>;
}
