import { bodyOf, everyRecording, headerOf } from '../support/recordings.ts';
import { endpointOf } from './endpoints.ts';
import type { Reached } from './probe.ts';

/** What was recorded and no case asks for, by the end of its name, with the reason. */
const notAsked: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/ 50[24] page$/, 'a proxy before the server says that'],
  [/400 completion_request_error$/, 'no question makes a model disappear'],
  [/^workflow: GET .*400 not_workflow_app$/, 'asked with the key of an app of another mode'],
  [/GET elsewhere 200 page|POST elsewhere 200 page|\/health 200 page/, 'the front end of the web app says that'],
];

/** The name of an answer: `chat: POST /v1/chat-messages 200 stream`, `… 400 invalid_param`, `… 404 page`. */
function nameOf(mode: string, endpoint: string, status: number, kind: string): string {
  return `${mode}: ${endpoint} ${status} ${kind}`;
}

export function nameOfReached({ endpoint, got, mode }: Reached): string {
  return nameOf(mode, endpoint, got.status, kindOf(got.headers.get('content-type') ?? '', got.text));
}

/** What kind of answer it is: an error by its code. */
function kindOf(type: string, text: string): string {
  if (type.startsWith('text/event-stream')) return 'stream';
  if (type.startsWith('text/html')) return 'page';
  if (!type.startsWith('application/json')) return 'bytes';
  const code = /"code": ?"(\w+)"/.exec(text.slice(0, 2_000))?.[1];
  return code ?? 'JSON';
}

/** What the recordings of the generation have and the cases did not reach, without what they need not. */
export function notReached(generation: 'a' | 'b', reached: ReadonlySet<string>): readonly string[] {
  return [...recorded(generation)].filter(
    (name) => !reached.has(name) && !notAsked.some(([pattern]) => pattern.test(name)),
  );
}

function recorded(generation: 'a' | 'b'): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { recording } of everyRecording().filter((each) => each.recording.server.generation === generation)) {
    for (const exchange of recording.exchanges) {
      const { request, response } = exchange;
      if (!response) continue;
      const kind = kindOf(headerOf(exchange, 'content-type') ?? '', bodyOf(exchange).toString());
      names.add(nameOf(recording.server.mode, endpointOf(request.method, request.path), response.status, kind));
    }
  }
  return names;
}
