import { seconds } from '../clock.ts';
import type { EndUser } from '../history/endUsers.ts';
import { fileObject, writtenInputs } from '../files/objects.ts';
import { type MadeFile, SentFile } from '../files/store.ts';
import { detectedType } from '../files/types.ts';
import type { Sent } from '../turns/generate.ts';
import type { Call, Server } from '../routes.ts';
import type { Conversation, Inputs, Message } from '../history/store.ts';
import type { Form } from '../humanInput/form.ts';
import type { Exchange } from '../turns/textSource.ts';
import type { Version } from './published.ts';
import { Run } from './run.ts';
import { type RunInputs, firstValues, shownInputs } from './systemValues.ts';

export interface NewRun {
  readonly version: Version;
  readonly sent: Sent;
  readonly chat?: RunInputs['chat'];
  /** Of a chatflow. */
  readonly turn?: { readonly message: Message; readonly conversation: Conversation };
  readonly history: readonly Exchange[];
  /** Values of the conversation's variables, by name. */
  readonly variables: Inputs;
  /** Keeps what an assigner has written. */
  readonly saveVariable: (name: string, value: unknown) => void;
}

/** A run that has not been started, known to the server. */
export function newRun(call: Call, wanted: NewRun): Run {
  const { app, server, user } = call;
  const { chat, turn, version } = wanted;
  const { clock, uuid } = server;
  const id = uuid();
  const inputs: RunInputs = {
    form: writtenInputs(wanted.sent.inputs, server),
    files: wanted.sent.files.map((file) => fileObject(file, server)),
    user,
    appId: app.workflow?.appId ?? '',
    workflowId: version.id,
    runId: id,
    now: clock.now(),
    ...(chat === undefined ? {} : { chat }),
  };
  const shown = shownInputs(inputs, server.generation.workflow);
  const values = firstValues(inputs, shown, version.graph.nodes[0]?.id ?? 'start');
  values.setAll('conversation', wanted.variables);
  const endUser = server.endUsers.of(app, user, clock.now());
  const kept: SentFile[] = [];
  const run: Run = new Run({
    id,
    taskId: uuid(),
    version,
    user,
    endUserId: endUser.id,
    kept,
    inputs: shown.detail,
    startedInputs: shown.started,
    values,
    message: turn?.message,
    opened: (form) => wait(call, run, form, wanted),
    context: {
      generation: server.generation.workflow,
      clock,
      uuid,
      source: server.source ?? app.answer,
      tokensPerSecond: server.tokensPerSecond,
      sourceIsForced: server.source !== undefined,
      history: wanted.history,
      attached: wanted.sent.files,
      keepFile: (made) => keptFile(made, kept, endUser, server),
      runId: id,
      saveVariable: wanted.saveVariable,
    },
  });
  server.runs.add({ run, app, logId: uuid() });
  return run;
}

/** Lets the run go on when the form has been submitted, or its time is over. */
function wait(call: Call, run: Run, form: Form, { turn }: NewRun): void {
  const { app, server } = call;
  turn?.message.forms.push(form);
  server.forms.add({ form, app, resume: () => void goOn(call, run, turn), giveUp: () => run.giveUp(form) });
}

/** What it takes till the worker has picked up a job, in ms. */
const jobDelay = 100;

async function goOn({ server }: Call, run: Run, turn: NewRun['turn']): Promise<void> {
  await server.worker.back;
  await server.clock.sleep(jobDelay, new AbortController().signal);
  // Else nobody is left whom the answer is for.
  if (turn?.conversation.deleted === true) return;
  run.resume();
  server.worker.carryOut(run);
}

function keptFile(made: MadeFile, kept: SentFile[], owner: EndUser, server: Server): object {
  const { clock, files, uuid } = server;
  const name = `${uuid().replaceAll('-', '')}.${made.extension}`;
  const file = files.add({ ...made, origin: 'tool', name, owner, createdAt: seconds(clock.now()) });
  const sent = new SentFile(detectedType(made.extension, made.mimeType), { transferMethod: 'tool_file', file });
  kept.push(sent);
  return fileObject(sent, server);
}
