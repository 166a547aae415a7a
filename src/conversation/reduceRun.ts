import type { DifyFile } from '../dify/metadata.ts';
import type { Failure } from './failure.ts';
import type { Run, RunEvent, RunForm, RunStatus } from './run.ts';
import {
  withLog,
  withNodeEnded,
  withNodeRetried,
  withNodeStarted,
  withNoneRunning,
  withRunningAgain,
  withRound,
  withThought,
} from './steps.ts';

type End = Extract<RunEvent, { readonly type: 'paused' | 'answered' | 'stopped' | 'incomplete' | 'failed' }>;
type NodeEvent = Extract<
  RunEvent,
  { readonly type: 'nodeStarted' | 'nodeRetried' | 'nodeEnded' | 'roundStarted' | 'logged' }
>;
type FormEvent = Extract<RunEvent, { readonly type: 'formOpened' | 'formFilled' | 'formExpired' }>;
type TextEvent = Extract<
  RunEvent,
  { readonly type: 'started' | 'resending' | 'lost' | 'textAppended' | 'textReplaced' }
>;

/** The run after the event. Total: an event that comes after the end, out of order or twice changes nothing it should not. */
export function reduceRun(run: Run, event: RunEvent): Run {
  if (event.type === 'resumed') return resumed(run);
  if (isFinal(run.status)) return run;
  switch (event.type) {
    case 'started':
    case 'resending':
    case 'lost':
    case 'textAppended':
    case 'textReplaced':
      return reduceText(run, event);
    case 'reasoned':
      return { ...run, reasoning: run.reasoning + event.text };
    case 'thought':
      return { ...run, thoughts: withThought(run.thoughts, event.thought) };
    case 'nodeStarted':
    case 'nodeRetried':
    case 'nodeEnded':
    case 'roundStarted':
    case 'logged':
      return { ...run, nodes: reduceNodes(run, event) };
    case 'formOpened':
    case 'formFilled':
    case 'formExpired':
      return { ...run, forms: reduceForms(run, event) };
    default:
      return reduceRest(run, event);
  }
}

function isFinal({ type }: RunStatus): boolean {
  return type === 'done' || type === 'stopped' || type === 'incomplete' || type === 'failed';
}

/** An answer that was cut off goes on where the server still runs it; one that ended for good does not. */
function resumed(run: Run): Run {
  const { status } = run;
  // What had not ended when the connection broke goes on, or has ended since.
  if (status.type === 'incomplete') return lost({ ...run, nodes: withRunningAgain(run.nodes) }, status.failure);
  return status.type === 'paused' ? { ...run, status: { type: 'waiting', resend: undefined } } : run;
}

function lost(run: Run, failure: Failure): Run {
  return { ...run, status: { type: 'waiting', resend: undefined, lost: failure }, stoppable: false };
}

function reduceText(run: Run, event: TextEvent): Run {
  switch (event.type) {
    case 'started': {
      const status: RunStatus = run.text === '' ? { type: 'waiting', resend: undefined } : { type: 'answering' };
      const { messageId = run.messageId, runId = run.runId, stoppable } = event;
      return { ...run, status, messageId, runId, stoppable };
    }
    case 'resending': {
      const { attempt, of, seconds, failure } = event;
      return { ...run, status: { type: 'waiting', resend: { attempt, of, seconds, failure } } };
    }
    case 'lost':
      return lost(run, event.failure);
    case 'textAppended':
      return event.text === '' ? run : { ...run, text: run.text + event.text, status: { type: 'answering' } };
    case 'textReplaced':
      return { ...run, text: event.text, status: { type: 'answering' } };
  }
}

function reduceNodes({ nodes }: Run, event: NodeEvent): Run['nodes'] {
  switch (event.type) {
    case 'nodeStarted':
      return withNodeStarted(nodes, event.node);
    case 'nodeRetried':
      return withNodeRetried(nodes, event);
    case 'nodeEnded':
      return withNodeEnded(nodes, event.node);
    case 'roundStarted':
      return withRound(nodes, event.id, event.round);
    case 'logged':
      return withLog(nodes, event.nodeId, event.entry);
  }
}

function reduceForms({ forms, nodes }: Run, event: FormEvent): readonly RunForm[] {
  if (event.type === 'formOpened') return inOrderOf(nodes, withForm(forms, event));
  const { nodeId } = event;
  const state: RunForm['state'] =
    event.type === 'formFilled'
      ? { type: 'filled', action: event.action, content: event.content }
      : { type: 'expired' };
  const index = forms.findLastIndex(({ form }) => form.node_id === nodeId);
  const known = forms[index];
  return known === undefined ? forms : forms.with(index, { ...known, state });
}

/** Several forms of parallel nodes come in any order. */
function inOrderOf(nodes: Run['nodes'], forms: readonly RunForm[]): readonly RunForm[] {
  const places = new Map(nodes.map(({ nodeId }, index) => [nodeId, index]));
  const placeOf = ({ form }: RunForm): number => places.get(form.node_id) ?? nodes.length;
  return forms.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** A form is told more than once: by the node, by the pause, and again when the run pauses for another one. */
function withForm(
  forms: readonly RunForm[],
  { form }: Extract<FormEvent, { readonly type: 'formOpened' }>,
): readonly RunForm[] {
  const index = forms.findIndex((known) => known.form.form_id === form.form_id);
  const known = forms[index];
  if (known === undefined) return [...forms, { form, state: { type: 'open' } }];
  // Filled in stays filled in, and the first text stays: a snapshot tells the template, its variables not filled in.
  if (known.state.type !== 'open') return forms;
  const { form_content, form_token, display_in_ui } = known.form;
  // A pause does not say how its forms go out.
  const merged = { ...form, form_content, form_token: form.form_token ?? form_token, display_in_ui };
  return forms.with(index, { ...known, form: merged });
}

function reduceRest(
  run: Run,
  event: Exclude<RunEvent, TextEvent | NodeEvent | FormEvent | { type: 'reasoned' | 'thought' | 'resumed' }>,
): Run {
  switch (event.type) {
    case 'fileAdded':
      return { ...run, files: withFile(run.files, event.file) };
    case 'cited':
      return { ...run, citations: event.citations };
    case 'annotated':
      return { ...run, annotatedBy: event.by };
    case 'outputsGiven':
      // A chatflow's are its answer, which is in the text. What attaches to one that has ended tells nothing of a message.
      return run.messageId === undefined ? { ...run, outputs: event.outputs } : run;
    default:
      return reduceEnd(run, event);
  }
}

/** A file may be told twice, with another signature in its link: the newer link lives longer. */
function withFile(files: readonly DifyFile[], file: DifyFile): readonly DifyFile[] {
  const index = files.findIndex(({ id, url }) => (file.id === '' ? url === file.url : id === file.id));
  return index < 0 ? [...files, file] : files.with(index, file);
}

function reduceEnd(run: Run, event: End): Run {
  if (event.type === 'paused') {
    const nodes = withNoneRunning(run.nodes, 'paused');
    return { ...run, nodes, status: { type: 'paused' }, stoppable: false };
  }
  // Of a run that ended well no node was stopped: the ends of some were told while nobody listened.
  const ended = { ...run, nodes: withNoneRunning(run.nodes, event.type === 'answered' ? 'succeeded' : 'stopped') };
  switch (event.type) {
    case 'answered':
      return { ...ended, status: { type: 'done' }, usage: event.usage };
    case 'stopped':
    case 'incomplete':
      return { ...ended, status: event };
    case 'failed':
      return { ...ended, status: { type: 'failed', failure: event.failure } };
  }
}
