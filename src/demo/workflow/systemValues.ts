import { seconds } from '../clock.ts';
import type { Inputs } from '../history/store.ts';
import type { WorkflowGeneration } from './generation.ts';
import type { Fields } from './graph.ts';
import { Values } from './values.ts';

/** What a run begins with. */
export interface RunInputs {
  readonly form: Inputs;
  /** Files sent along, as file objects. */
  readonly files: readonly object[];
  readonly user: string;
  readonly appId: string;
  readonly workflowId: string;
  readonly runId: string;
  /** ms */
  readonly now: number;
  /** Of a chatflow. */
  readonly chat?: { readonly query: string; readonly conversationId: string; readonly dialogueCount: number };
}

/** The same inputs in the three selections and orders in which the server shows them. */
export interface ShownInputs {
  /** In `workflow_started`. */
  readonly started: Fields;
  /** In the run's detail. */
  readonly detail: Fields;
  /** Those of `sys` in an older server's Start node. */
  readonly system: Fields;
}

export function shownInputs(inputs: RunInputs, generation: WorkflowGeneration): ShownInputs {
  const { appId, chat, files, form, now, runId, user, workflowId } = inputs;
  const query = chat === undefined ? {} : { 'sys.query': chat.query };
  const count = chat === undefined ? {} : { 'sys.dialogue_count': chat.dialogueCount };
  const timestamp = chat === undefined ? { 'sys.timestamp': seconds(now) } : {};
  const who = { 'sys.files': files, 'sys.user_id': user };
  const app = { 'sys.app_id': appId };
  const run = { 'sys.workflow_id': workflowId, 'sys.workflow_run_id': runId };
  if (generation.name === 'b') {
    const head = { ...form, ...query, ...who, ...count, ...app };
    return { started: { ...head, ...run }, detail: { ...head, ...timestamp, ...run }, system: {} };
  }
  const conversation = chat === undefined ? {} : { 'sys.conversation_id': chat.conversationId };
  const head = { ...who, ...app, ...run, ...query };
  return {
    started: { ...form, ...head, ...count },
    detail: { ...form, ...head, ...count, ...timestamp },
    system: { ...head, ...conversation, ...count, ...timestamp },
  };
}

/** A run's values before its first node. */
export function firstValues(inputs: RunInputs, shown: ShownInputs, startNode: string): Values {
  const { chat, files, form, user } = inputs;
  const values = new Values();
  values.setAll('sys', {
    ...shown.system,
    inputs: form,
    all: shown.system,
    files,
    user_id: user,
    ...(chat === undefined
      ? {}
      : { query: chat.query, conversation_id: chat.conversationId, dialogue_count: chat.dialogueCount }),
  });
  values.setAll(startNode, form);
  return values;
}
