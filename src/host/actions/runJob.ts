import { ProgressLocation, window } from 'vscode';
import { ask } from '../../conversation/ask.ts';
import { isDemo, type App } from '../app.ts';
import { withAbortSignal } from '../cancellation.ts';
import { wordsFor } from '../words.ts';
import type { ActionPorts } from './actions.ts';
import type { ActionRequest, Job } from './job.ts';
import type { Followed } from './perform.ts';
import type { Results } from './results.ts';
import { runAction } from './runAction.ts';
import { tellFailure } from './tellFailure.ts';

/** Runs each request of the job, shows its answer as it comes, and offers what helps where it fails. */
export async function runJob(job: Job, followed: Followed, ports: ActionPorts, results: Results): Promise<void> {
  try {
    for (const request of job.requests) await runRequest(job, request, ports, results);
  } finally {
    followed.dispose();
  }
}

async function runRequest(job: Job, request: ActionRequest, ports: ActionPorts, results: Results): Promise<void> {
  const { recipe, source, app } = job;
  const title = [recipe.title, source.file, app.name].join(' · ');
  await window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (_, token) =>
    withAbortSignal(token, async (cancelled) => {
      const stopping = new AbortController();
      const about = [app.name, source.place].join(' · ');
      const name = recipe.resultTitle.replace('{file}', () => source.file);
      const view = await results.open(name, about, () => stopping.abort(), !isDemo(app));
      const signal = AbortSignal.any([cancelled, stopping.signal]);
      const turn = runAction(ports.clients.of(app), app, request, signal);
      for await (const event of ask(turn, wordsFor(app))) view.apply(event);
      const { status } = view.run;
      if (status.type !== 'failed') return;
      const again = (current: App): Promise<void> => runRequest({ ...job, app: current }, request, ports, results);
      ports.start('Running an action again', () => tellFailure(status.failure, app, ports.repair, again));
    }),
  );
}
