import { DifyError } from './errors.ts';
import { wantsJsonAsText, withJsonAsText } from './inputForm.ts';
import { isFields, type Fields } from './json.ts';
import type { TurnEvent } from './turn.ts';

type Events = AsyncGenerator<TurnEvent, void, void>;

/**
 * Sends the inputs, and yields what comes of it. Dify 1.11 refuses objects and wants their JSON text: the request, which did nothing
 * yet, is sent once more with it.
 *
 * @throws {DifyError}
 */
export function sendInputs(inputs: Fields, send: (inputs: Fields) => Events): Events {
  const objects = objectsIn(inputs);
  // Each generator that events pass through costs as much as reading them.
  return objects.length === 0 ? send(inputs) : sendObjects(objects, inputs, send);
}

async function* sendObjects(objects: Objects, inputs: Fields, send: (inputs: Fields) => Events): Events {
  try {
    yield* send(inputs);
  } catch (error) {
    if (!(error instanceof DifyError) || !wantsJsonAsText(objects, error)) throw error;
    yield* send(withJsonAsText(objects, inputs));
  }
}

type Objects = readonly { readonly type: string; readonly variable: string }[];

/** An object that is no file mapping is of a `json_object` control: no other takes one. */
function objectsIn(inputs: Fields): Objects {
  return Object.entries(inputs).flatMap(([variable, value]) =>
    isFields(value) && !('transfer_method' in value) ? [{ type: 'json_object', variable }] : [],
  );
}
