import { env, ProgressLocation, Uri, window, type Disposable, type Event } from 'vscode';
import {
  failureIn,
  newAnswer,
  requestsIn,
  titleOf,
  waitingIn,
  type Result,
  type ResultRequest,
} from '../../../conversation/result.ts';
import type { Rating } from '../../../dify/feedback.ts';
import type { App } from '../../app.ts';
import { withAbortSignal } from '../../cancellation.ts';
import { newResultId } from '../../resultFiles.ts';
import { resultUri } from '../../resultUri.ts';
import { t } from '../../words.ts';
import type { Job } from '../job.ts';
import { tellFailure } from '../tellFailure.ts';
import { changedAlike } from './change.ts';
import { Keeping } from './keeping.ts';
import { LiveAnswers } from './liveAnswers.ts';
import { OpenResults } from './openResults.ts';
import { plainSource } from './plainSource.ts';
import { putInto, type Place } from './place.ts';
import type { Followed } from '../../edits/followed.ts';
import type { ResultPorts } from './ports.ts';
import { rateAnswer } from './rateAnswer.ts';
import { pickRecent } from './recentResults.ts';
import { markdownOf, plainTextOf } from './resultWords.ts';
import { runParts } from './runParts.ts';
import { finishing, losesRest, readsOf } from './rests.ts';
import { isUsable, type ShownResult } from './shownResult.ts';

/** What is asked of which app, and what stops it. */
interface Asking {
  readonly app: App;
  readonly signal: AbortSignal;
  /** The parts of the answer that are asked for. */
  readonly parts: readonly number[];
  /** Whether the recipe says what becomes of the answer: the first time, not when it is asked again. */
  readonly isFirst: boolean;
}

/** Answers to actions, in read-only Markdown documents that they stream into. */
export class Results implements Disposable {
  readonly onDidChangeRunning: Event<void>;
  readonly #ports: ResultPorts;
  readonly #open: OpenResults;

  constructor(ports: ResultPorts) {
    this.#ports = ports;
    this.#open = new OpenResults(ports);
    this.onDidChangeRunning = this.#open.onDidChangeRunning;
    ports.life.closing.addEventListener('abort', () => this.#stopAll(losesRest), { once: true });
  }

  /** What is being answered now. */
  running(): readonly { readonly appId: string; readonly title: string }[] {
    return this.#open.running();
  }

  /** Those that are open. */
  results(): readonly Result[] {
    return this.#open.list().map(({ result }) => result);
  }

  /** Asks the app for every part of the job, and does with the answer what the recipe says. @param followed is let go of when the result is closed */
  async run({ recipe, app, source, requests }: Job, followed: Followed): Promise<void> {
    const result: Result = {
      id: newResultId(),
      recipe,
      app: { id: app.id, name: app.name, mode: app.mode },
      source: plainSource(source),
      answers: [newAnswer(requests, Date.now())],
    };
    const shown = this.#open.add(result, followed);
    await this.#ask(shown, { app, signal: shown.begin(), parts: [...requests.keys()], isFirst: true });
  }

  /** Stops the answer in the document; without one that in front, or every one where none runs there. @param what a document, or `all` */
  stop(what?: unknown): void {
    const named = what === 'all' ? undefined : this.#open.nameOf(what)?.toString();
    const shown = this.#open.list().find(({ uri, isRunning }) => isRunning && uri.toString() === named);
    if (shown !== undefined) shown.stop();
    // Where that document's own answer ended a moment ago, no other was meant.
    else if (!(what instanceof Uri)) this.#stopAll();
  }

  /** Asks the same once more; where not all of it came, for the rest. */
  async again(uri?: unknown): Promise<void> {
    const shown = await this.#idle(uri);
    const app = shown === undefined ? undefined : this.#appOf(shown);
    if (shown === undefined || app === undefined) return;
    if (!shown.canBeFetched && !(await this.#mayGoAgain(shown, app))) return;
    const isWhole = shown.answer.parts.every(({ run }) => run.status.type === 'done');
    const current = await this.#current(shown);
    if (isWhole) await this.#askAnew(current, app, requestsIn(shown.answer));
    else await this.#askRest(current, app);
  }

  async againWithChange(uri?: unknown): Promise<void> {
    const shown = await this.#idle(uri);
    const app = shown === undefined ? undefined : this.#appOf(shown);
    const requests = shown === undefined ? [] : requestsIn(shown.answer);
    const [first] = requests;
    if (shown === undefined || app === undefined || first === undefined) return;
    const { recipe } = shown.result;
    const changed = await this.#ports.change({ app, recipe, source: shown.followed.source, request: first });
    if (changed === undefined) return;
    await this.#askAnew(await this.#current(shown), app, changedAlike(first, changed, requests));
  }

  async copy(uri?: unknown): Promise<void> {
    const shown = await this.#open.find(uri);
    if (shown !== undefined) await env.clipboard.writeText(markdownOf(shown.answer));
  }

  async copyAsPlainText(uri?: unknown): Promise<void> {
    const shown = await this.#open.find(uri);
    if (shown !== undefined) await env.clipboard.writeText(plainTextOf(markdownOf(shown.answer)));
  }

  /** Brings the answer into the text that it was made of, or another one. */
  async put(place: Place, uri?: unknown): Promise<void> {
    const shown = await this.#usable(uri);
    if (shown !== undefined) await putInto(place, shown, this.#ports);
  }

  async continueInChat(uri?: unknown): Promise<void> {
    const shown = await this.#open.find(uri);
    const waiting = shown && waitingIn(shown.answer);
    if (shown === undefined || (waiting === undefined && !isUsable(shown))) return;
    const app = this.#appOf(shown);
    if (app === undefined) return;
    const { parts } = shown.answer;
    // Several parts are several conversations: none of them knows the others.
    const conversationId = parts.length === 1 ? parts[0]?.conversationId : undefined;
    const text = markdownOf(shown.answer);
    await this.#ports.continueInChat({ app, conversationId, text, waiting, about: titleOf(shown.result) });
  }

  async showPrevious(uri?: unknown): Promise<void> {
    const shown = await this.#open.find(uri);
    if (shown === undefined) return;
    this.#open.documents.unfollow(shown.uri);
    shown.showPrevious();
  }

  async openPreview(uri?: unknown): Promise<void> {
    const named = this.#open.nameOf(uri);
    if (named !== undefined) await this.#open.documents.showPreview(named);
  }

  /** The same rating again takes it back. @throws {DifyError} */
  async rate(uri: unknown, pressed: Rating): Promise<void> {
    const shown = await this.#usable(uri);
    const app = shown === undefined ? undefined : this.#appOf(shown);
    if (shown === undefined || app === undefined || app.mode === 'workflow') return;
    await rateAnswer(shown, app, pressed, this.#ports);
    await this.#keep(shown);
  }

  async openRecent(): Promise<void> {
    const picked = await pickRecent(this.#ports.files);
    if (picked !== undefined) await this.show(resultUri(picked));
  }

  /** Shows the document of a result that is open or kept. */
  async show(uri: unknown): Promise<void> {
    const shown = await this.#open.find(uri);
    if (shown !== undefined) await this.#open.documents.show(shown.uri);
  }

  dispose(): void {
    this.#stopAll(losesRest);
    this.#open.dispose();
  }

  #stopAll(which: (shown: ShownResult) => boolean = () => true): void {
    for (const shown of this.#open.list().filter(which)) shown.stop();
  }

  async #idle(uri: unknown): Promise<ShownResult | undefined> {
    const shown = await this.#open.find(uri);
    return shown?.isRunning === true ? undefined : shown;
  }

  async #usable(uri: unknown): Promise<ShownResult | undefined> {
    const shown = await this.#open.find(uri);
    return shown !== undefined && isUsable(shown) ? shown : undefined;
  }

  /** The app as it is now: it may have been renamed, moved or removed since. */
  #appOf({ result }: ShownResult): App | undefined {
    const app = this.#ports.appWith(result.app.id);
    if (app === undefined) {
      void window.showInformationMessage(t('{app} is not connected any more.', { app: result.app.name }));
    }
    return app;
  }

  async #mayGoAgain(shown: ShownResult, app: App): Promise<boolean> {
    return await this.#ports.mayGoAgain(app, shown.followed.source, requestsIn(shown.answer));
  }

  /** It may have been closed since. */
  async #current(shown: ShownResult): Promise<ShownResult> {
    return (await this.#open.find(shown.uri)) ?? (await this.#open.reopen(shown.result));
  }

  /** What was deleted meanwhile is not written again. */
  async #keep(shown: ShownResult): Promise<void> {
    if (this.#open.has(shown)) await this.#ports.files.write(shown.result);
  }

  async #askAnew(shown: ShownResult, app: App, requests: readonly ResultRequest[]): Promise<void> {
    // Two answers at a time would be mixed: who waited for the person begins nothing now.
    if (shown.isRunning) return;
    await this.#ask(shown, { app, signal: shown.begin(requests), parts: [...requests.keys()], isFirst: false });
  }

  async #askRest(shown: ShownResult, app: App, isFirst = false): Promise<void> {
    if (shown.isRunning) return;
    const { signal, rest } = shown.beginRest();
    await this.#ask(shown, { app, signal, parts: rest, isFirst });
  }

  async #ask(shown: ShownResult, asking: Asking): Promise<void> {
    const title = t('{app}: {title}', { app: asking.app.name, title: titleOf(shown.result) });
    const show = (): void => void this.#open.documents.showBeside(shown.uri);
    const isLive = asking.isFirst && shown.result.recipe.output === 'live';
    const live = isLive ? new LiveAnswers(shown, show) : undefined;
    try {
      await window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (_, token) =>
        withAbortSignal(token, async (cancelled) => {
          cancelled.addEventListener('abort', () => shown.stop(), { once: true });
          const streaming = this.#stream(shown, asking, live);
          await finishing(streaming, shown, this.#ports.life, () => this.#keep(shown));
        }),
      );
    } finally {
      // What came is kept by now: this may wait for the person.
      if ((await live?.finish()) === true) this.#open.drop(shown);
      else this.#open.ended(shown);
    }
    const failure = failureIn(shown.answer);
    const again = async (app: App): Promise<void> => {
      const current = await this.#current(shown);
      if (await this.#mayGoAgain(current, app)) await this.#askRest(current, app, asking.isFirst);
    };
    if (failure !== undefined) {
      const { repair, start } = this.#ports;
      start('Running an action again', () => tellFailure(failure, asking.app, repair, { again }));
    } else if (asking.isFirst && isUsable(shown)) {
      this.#giveOut(shown);
    }
  }

  async #stream(shown: ShownResult, { app, signal, parts }: Asking, live: LiveAnswers | undefined): Promise<void> {
    const keeping = new Keeping(() => this.#keep(shown));
    try {
      if (live === undefined) await this.#open.documents.showBeside(shown.uri);
      const asked = parts.flatMap((part) => shown.answer.parts.slice(part, part + 1).map((each) => ({ part, each })));
      await runParts(
        asked,
        readsOf(shown, app, this.#ports),
        (index, event) => {
          const part = parts[index] ?? index;
          shown.apply(part, event);
          live?.write(part);
          keeping.touch();
        },
        signal,
      );
    } finally {
      shown.end();
      await keeping.end();
    }
  }

  /** What the recipe says becomes of a whole answer. Nobody waits for it: the person may look at a diff for long. */
  #giveOut(shown: ShownResult): void {
    const { output } = shown.result.recipe;
    const isWhole = shown.answer.parts.every(({ run }) => run.status.type === 'done');
    if (!isWhole || output === 'show' || output === 'live') return;
    this.#ports.start('Bringing an answer into the text', () => putInto(output, shown, this.#ports));
  }
}
