/** Exchanges that are not like the recorded ones: the recording, by its name with or without the generation, and their places. */
export interface Unlike {
  readonly recording: string;
  readonly exchanges: readonly number[];
  readonly reason: string;
}

/** Causes outside the server: what had happened before, what the recorder could not keep, what a race decided. */
const outside: readonly Unlike[] = [
  { recording: 'chat/body-errors', exchanges: [15], reason: 'bytes that are no UTF-8 were not kept' },
  { recording: 'completion/feedback', exchanges: [12], reason: 'lists ratings of before the recording' },
  { recording: 'a/workflow/logs', exchanges: [2, 9], reason: 'lists runs of before the recording' },
  { recording: 'b/workflow/logs', exchanges: [2, 5, 9], reason: 'lists runs of before the recording' },
  { recording: 'special/end-user', exchanges: [0, 3], reason: 'asks for somebody of before the recording' },
  {
    recording: 'special/delete-conversation-while-streaming-chat-plain',
    exchanges: [4],
    reason: 'lists conversations of before the recording',
  },
  {
    recording: 'special/delete-conversation-while-streaming-long-chatflow',
    exchanges: [4],
    reason: 'lists conversations of before the recording',
  },
  {
    recording: 'special/workflow-missing-input-until-eof',
    exchanges: [1],
    reason: 'lists runs of before the recording',
  },
  { recording: 'b/advanced-chat/server-killed', exchanges: [0], reason: 'the API was killed, the worker went on' },
  { recording: 'a/advanced-chat/variables', exchanges: [2], reason: 'any two of four variables of one second' },
  { recording: 'special/conversation-variables', exchanges: [2], reason: 'any two of six variables of one second' },
  {
    recording: 'reattach/workflow-attach-at-once',
    exchanges: [1],
    reason: 'which of three branches is first is a race',
  },
  {
    recording: 'reattach/workflow-cut-snapshot',
    exchanges: [1, 2],
    reason: 'which of three branches is first is a race',
  },
  { recording: 'reattach/workflow-cut', exchanges: [2], reason: 'which of three branches is first is a race' },
];

/** What our server does otherwise. */
const ours: readonly Unlike[] = [
  {
    recording: 'a/chat/delete-while-streaming',
    exchanges: [3],
    reason: 'the older server lists what it is about to delete',
  },
  { recording: 'special/headers', exchanges: [5], reason: 'describes its own endpoints only' },
];

export const unlike: readonly Unlike[] = [...outside, ...ours];

/** Exchanges that are alike, and not equal to the letter as others of their kind are. */
export const unequal: readonly Unlike[] = [
  { recording: 'agent-chat/stop-in-tool-round', exchanges: [2], reason: 'asked for the history as the turn ended' },
  { recording: 'chat/form-validation', exchanges: [30], reason: 'any three of many conversations of one second' },
  { recording: 'chat/inputs-changed', exchanges: [5], reason: 'lists a conversation of before the recording' },
  { recording: 'human-input/workflow-files', exchanges: [10], reason: 'quotes the middle of an id' },
  {
    recording: 'human-input/workflow-form-errors',
    exchanges: [1, 5],
    reason: 'proposes addresses of the web app too, which ours is not',
  },
  { recording: 'proxy/stop', exchanges: [2], reason: 'a stop is looked for once a second' },
];

/** The places of a recording's exchanges that are in the list. */
export function placesIn(list: readonly Unlike[], name: string): ReadonlySet<number> {
  const rows = list.filter(({ recording }) => recording === name || recording === name.slice(2));
  return new Set(rows.flatMap(({ exchanges }) => exchanges));
}
