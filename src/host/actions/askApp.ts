import { ask } from '../../conversation/ask.ts';
import { refusedInput } from '../../conversation/inputProblem.ts';
import type { RunEvent } from '../../conversation/run.ts';
import { DifyError } from '../../dify/errors.ts';
import { isFields } from '../../dify/json.ts';
import type { TurnEvent } from '../../dify/turn.ts';
import type { App } from '../app.ts';
import { t, wordsFor } from '../words.ts';
import type { ActionPorts } from './actions.ts';
import { isLostUpload, uploadedAgain, type Uploads } from './askInputs.ts';
import type { ResultRequest } from '../../conversation/result.ts';
import { uploadsOf } from './perform.ts';
import { generate } from '../generate.ts';

type AskPorts = Pick<ActionPorts, 'clients' | 'details'>;

/** Asks the app for one part of a job, and yields what happens to the run. A field that the server refuses is told by its label. */
export async function* askApp(
  app: App,
  request: ResultRequest,
  signal: AbortSignal,
  ports: AskPorts,
): AsyncGenerator<RunEvent, void, void> {
  const form = ports.details.knownParameters(app)?.userInputForm ?? [];
  let refused: string | undefined;
  const note = (error: DifyError): void => {
    refused = refusedInput(form, error, t);
  };
  for await (const event of ask(send(app, request, signal, { ...ports, note }), wordsFor(app))) {
    if (event.type !== 'failed' || refused === undefined) yield event;
    else yield { ...event, failure: { ...event.failure, fact: refused, advice: '' } };
  }
}

/** A file that the server dropped since it was uploaded is uploaded once more (it says so before it does anything). */
async function* send(
  app: App,
  request: ResultRequest,
  signal: AbortSignal,
  { note, ...ports }: AskPorts & { readonly note: (error: DifyError) => void },
): AsyncGenerator<TurnEvent, void, void> {
  const client = ports.clients.of(app);
  // Each generator that events pass through costs as much as reading them: one does all.
  for (let asked = request, isRenewed = false; ; isRenewed = true) {
    try {
      yield* generate(client, app, { ...asked, version: app.pinnedVersion }, signal);
      return;
    } catch (error) {
      if (!(error instanceof DifyError)) throw error;
      note(error);
      const isLost = !isRenewed && isLostUpload(error);
      const fresh = isLost ? await renewed(request, await uploadsOf(app, ports)) : undefined;
      if (fresh === undefined) throw error;
      asked = fresh;
    }
  }
}

async function renewed(request: ResultRequest, uploads: Uploads): Promise<ResultRequest | undefined> {
  const inputs = await uploadedAgain(request.inputs, uploads);
  const beside = inputs && (await uploadedAgain({ files: request.files }, uploads));
  return inputs && beside && { ...request, inputs, files: Object.values(beside).flat().filter(isFields) };
}
