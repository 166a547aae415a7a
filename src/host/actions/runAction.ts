import { chat } from '../../dify/chat.ts';
import type { DifyClient } from '../../dify/client.ts';
import { complete } from '../../dify/completion.ts';
import { DifyError } from '../../dify/errors.ts';
import { wantsJsonAsText, withJsonAsText } from '../../dify/inputForm.ts';
import { isFields, type Fields } from '../../dify/json.ts';
import type { TurnEvent } from '../../dify/turn.ts';
import { runWorkflow } from '../../dify/workflows.ts';
import type { App } from '../app.ts';
import type { ResultRequest } from '../../conversation/result.ts';

/**
 * Sends one request of an action, and yields its events; see `DifyClient.generate`. An app of the chat family is asked in a conversation
 * of its own. Dify 1.11 refuses objects and wants their JSON text: the request, which did nothing yet, is sent once more with it.
 *
 * @throws {DifyError}
 */
export async function* runAction(
  client: DifyClient,
  app: Pick<App, 'mode'>,
  request: ResultRequest,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, void, void> {
  try {
    yield* send(client, app, request, signal);
  } catch (error) {
    const objects = objectsIn(request.inputs);
    if (!(error instanceof DifyError) || !wantsJsonAsText(objects, error)) throw error;
    yield* send(client, app, { ...request, inputs: withJsonAsText(objects, request.inputs) }, signal);
  }
}

function send(
  client: DifyClient,
  { mode }: Pick<App, 'mode'>,
  { inputs, query, files }: ResultRequest,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, void, void> {
  const attached = files.length === 0 ? {} : { files };
  switch (mode) {
    case 'completion':
      return complete(client, { inputs, ...attached }, signal);
    case 'workflow':
      return runWorkflow(client, { inputs, ...attached }, signal);
    default:
      return chat(client, { query, inputs, conversation_id: '', ...attached }, signal);
  }
}

/** An object that is no file mapping is of a `json_object` control: no other takes one. */
function objectsIn(inputs: Fields): readonly { readonly type: string; readonly variable: string }[] {
  return Object.entries(inputs).flatMap(([variable, value]) =>
    isFields(value) && !('transfer_method' in value) ? [{ type: 'json_object', variable }] : [],
  );
}
