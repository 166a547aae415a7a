import type { Memento } from 'vscode';
import { describe } from '../../conversation/failure.ts';
import type { Recipe } from '../../conversation/recipe.ts';
import { DifyError } from '../../dify/errors.ts';
import { isDemo, type App } from '../app.ts';
import type { AppDetails } from '../appDetails.ts';
import type { Clients } from '../clients.ts';
import { notify, type Start } from '../commands.ts';
import { t, wordsFor } from '../words.ts';
import type { Chosen } from './apps/appChoice.ts';
import { completeInputs, uploadsTo, type Uploads } from './askInputs.ts';
import type { Followed } from '../edits/followed.ts';
import type { Job } from './job.ts';
import { Preparation } from './prepare.ts';
import type { Source } from '../source/source.ts';
import { tellFailure, type RepairApp } from './tellFailure.ts';

/** So many files are worked on at a time. */
const abreast = 3;

/** What an action goes through. */
export interface PerformPorts {
  readonly clients: Clients;
  readonly details: AppDetails;
  readonly everywhere: Memento;
  /** Remembers in place of it what was said to the demo. */
  readonly demoMemory: Memento;
  readonly repair: RepairApp;
  readonly start: Start;
  /** Keeps an eye on the text from now on. @param title what the answer will be called */
  readonly follow: (source: Source, title: string) => Followed;
  /** Shows what becomes of it, and lets go of what is followed. Tells itself what fails. */
  readonly run: (job: Job, followed: Followed) => Promise<void>;
}

/** An action that was asked for. */
export interface Asked {
  /** What is done, or who does it, in a word or two. */
  readonly title: string;
  /** One run for each. */
  readonly sources: readonly Source[];
  /** The app that it is about, as far as that is known before it is chosen. */
  readonly app: () => App | undefined;
  /** Finds with the person what is done, and by which app. @throws {DifyError} */
  readonly choose: () => Promise<Choice>;
  /** The same where the app does not take what it should work on. @throws {DifyError} */
  readonly chooseAnother: () => Promise<Choice>;
}

/** What is done, and by which app; `undefined` if the person gives up. */
export type Choice = (Chosen & { readonly recipe: Recipe }) | undefined;

/**
 * From what was asked for to its results. Whatever fails on the way, the text that was meant is kept, and the same can be done again with
 * what helps.
 */
export async function perform(asked: Asked, ports: PerformPorts): Promise<void> {
  // Before anything is awaited: the text may change while the person is asked.
  const followed = asked.sources.map((source) => ports.follow(source, asked.title));
  const left = new Set(followed);
  // The one that the person may just have picked instead.
  let app: App | undefined;
  const noting = (choose: Asked['choose']) => async (): Promise<Choice> => {
    const chosen = await choose();
    app = chosen?.app;
    return chosen;
  };
  const { choose, chooseAnother } = asked;
  try {
    const noted = { ...asked, choose: noting(choose), chooseAnother: noting(chooseAnother) };
    await performOn(followed, noted, ports, left);
  } catch (error) {
    if (!(error instanceof DifyError)) throw error;
    ports.start('Running an action again', () => tell(error, app ?? asked.app(), asked, ports));
  } finally {
    for (const one of left) one.dispose();
  }
}

/** @param left what is followed and was handed on to nobody yet */
async function performOn(
  followed: readonly Followed[],
  asked: Asked,
  ports: PerformPorts,
  left: Set<Followed>,
): Promise<void> {
  const chosen = await asked.choose();
  if (chosen === undefined) return;
  const { app } = chosen;
  const remembered = isDemo(app) ? ports.demoMemory : ports.everywhere;
  const preparation = new Preparation(chosen.recipe, chosen, {
    remembered,
    everywhere: ports.everywhere,
    uploads: () => uploadsOf(app, ports),
    beside: () => ports.details.knownParameters(app)?.fileUpload,
    complete: async ({ recipe, form, filled }) =>
      await completeInputs({ app, recipe, form, filled, remembered, uploads: await uploadsOf(app, ports) }),
  });
  const ready: (() => Promise<void>)[] = [];
  for (const one of followed) {
    const job = await preparation.job(one.source);
    if (job === undefined) return;
    if (job === 'anotherApp') return await performOn(followed, { ...asked, choose: asked.chooseAnother }, ports, left);
    ready.push(() => {
      left.delete(one);
      return ports.run(job, one);
    });
  }
  const next = async (): Promise<void> => {
    for (let work = ready.shift(); work !== undefined; work = ready.shift()) await work();
  };
  await Promise.all(Array.from({ length: abreast }, next));
}

/** How files get to the app, within its limits. @throws {DifyError} */
export async function uploadsOf(
  app: App,
  { clients, details }: Pick<PerformPorts, 'clients' | 'details'>,
): Promise<Uploads> {
  const { systemParameters } = await details.parameters(app, AbortSignal.timeout(60_000));
  return uploadsTo(clients.of(app), systemParameters);
}

async function tell(error: DifyError, app: App | undefined, asked: Asked, ports: PerformPorts): Promise<void> {
  const again = (): Promise<void> => perform(asked, ports);
  const another = (): Promise<void> => perform({ ...asked, choose: asked.chooseAnother }, ports);
  if (app === undefined) await notify(describe(error, { t, host: '', keepsAnswers: false }), { [t('Retry')]: again });
  else await tellFailure(describe(error, wordsFor(app)), app, ports.repair, { again, another });
}
