import { type AppsFile, type TestedApp, discovered } from './apps.ts';
import type { Case } from './case.ts';
import { cases } from './cases.ts';
import { clientTrials } from './clientTurns.ts';
import { Learned } from './learned.ts';
import { modes } from './modes.ts';
import { Probe } from './probe.ts';
import { remote } from './target.ts';
import { isUsual, trialsOf } from './trial.ts';

export interface LiveTally {
  readonly passed: number;
  readonly failed: number;
  readonly notApplicable: number;
}

export interface LiveOptions {
  /** Only what has this in its name. */
  readonly grep?: string;
  /** How many cases may be tried at the same time. */
  readonly atOnce?: number;
  readonly print: (line: string) => void;
}

interface Task {
  readonly name: string;
  /** Undefined where no app fits. */
  readonly run: (() => Promise<void>) | undefined;
}

/** Runs the table of cases, and then the client, on a server in real time. */
export async function runLive({ apps: entries, base, generation }: AppsFile, options: LiveOptions): Promise<LiveTally> {
  const target = remote(base);
  const apps = await discovered(target, entries);
  const learned = new Learned(generation);
  const server = { generation, target, learned, apps, reached: () => {} };
  const tried = async (one: Case, app: TestedApp): Promise<void> => {
    const probe = new Probe(app, server);
    try {
      await one.run(probe);
    } finally {
      await probe.clean();
    }
  };
  const tasks = cases
    .filter(({ only }) => (only ?? generation) === generation)
    .flatMap((one): readonly Task[] => {
      const trials = trialsOf(one, apps, generation);
      if (trials.length === 0) return [{ name: one.name, run: undefined }];
      return trials.map(({ app, name }) => ({ name, run: () => tried(one, app) }));
    });
  const first = await runTasks(tasks, options);
  const second = await runTasks(clientTasks(target.base, apps), options);
  return {
    passed: first.passed + second.passed,
    failed: first.failed + second.failed,
    notApplicable: first.notApplicable + second.notApplicable,
  };
}

/** The client with the plainest app of each mode. */
function clientTasks(base: string, apps: readonly TestedApp[]): readonly Task[] {
  return modes.flatMap((mode): readonly Task[] => {
    const [app] = apps
      .filter((each) => each.mode === mode && isUsual(each))
      .toSorted((one, other) => one.features.size - other.features.size);
    return app === undefined ? [{ name: `the client in a turn of ${mode}`, run: undefined }] : clientTrials(base, app);
  });
}

/** Some at a time, printed in the order in which they end. */
async function runTasks(tasks: readonly Task[], { atOnce = 4, grep = '', print }: LiveOptions): Promise<LiveTally> {
  const tally = { passed: 0, failed: 0, notApplicable: 0 };
  const waiting = tasks.filter(({ name }) => name.includes(grep));
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      const failure = task.run === undefined ? undefined : await failureOf(task.run);
      if (task.run === undefined) tally.notApplicable++;
      else if (failure === undefined) tally.passed++;
      else tally.failed++;
      if (task.run === undefined) print(`– ${task.name}: no app for it`);
      else print(failure === undefined ? `✔ ${task.name}` : `✘ ${task.name}\n    ${failure}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return tally;
}

const patience = 120_000;

async function failureOf(run: () => Promise<void>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`It took more than ${patience / 1000} s.`)), patience);
  });
  try {
    await Promise.race([run(), tooLong]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
