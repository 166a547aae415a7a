import { compactJson, spacedJson } from './python.ts';
import type { Check } from './schema.ts';
import type { Message } from './store.ts';
import { lenientUuid, strictUuid } from './uuid.ts';

/** a: Dify 1.11.2, b: Dify 1.14.2. */
export type GenerationName = 'a' | 'b';

/** Everything in which the two servers differ. */
export interface Generation {
  readonly version: string;
  /** Version in pydantic's links. */
  readonly pydantic: string;
  /** JSON of a stream's event. */
  readonly eventJson: (event: object) => string;
  /** Sent with every answer. */
  readonly vary: readonly string[];
  readonly allow: (methods: readonly string[]) => string;
  /** Place of `icon_url` in the answer of `/site`. */
  readonly iconUrlIsLast: boolean;
  /** Ids in query strings. */
  readonly queryUuid: Check;
  /** What a stream of a new conversation waits before it begins if the server is to name the conversation, in ms. */
  readonly namingPause: number;
  /** When the generated name can be read, in ms after the conversation began. */
  readonly namingDelay: number;
  /** The older server deletes by id alone and always says 204. */
  readonly deletesForAnybody: boolean;
  readonly historyItem: (message: Message) => object;
}

export const generations = {
  a: {
    version: '1.11.2',
    pydantic: '2.11',
    eventJson: spacedJson,
    vary: [],
    allow: (methods) => [...methods, 'OPTIONS'].join(', '),
    iconUrlIsLast: false,
    queryUuid: strictUuid,
    namingPause: 1000,
    namingDelay: 1000,
    deletesForAnybody: true,
    historyItem: (message) => ({
      ...itemHead(message),
      message_files: [],
      feedback: null,
      retriever_resources: [],
      created_at: message.createdAt,
      agent_thoughts: [],
      status: message.status,
      error: message.error,
    }),
  },
  b: {
    version: '1.14.2',
    pydantic: '2.12',
    eventJson: compactJson,
    vary: ['Cookie'],
    allow: (methods) => ['OPTIONS', ...methods].join(', '),
    iconUrlIsLast: true,
    queryUuid: lenientUuid,
    namingPause: 0,
    namingDelay: 1500,
    deletesForAnybody: false,
    historyItem: (message) => ({
      ...itemHead(message),
      feedback: null,
      retriever_resources: [],
      created_at: message.createdAt,
      agent_thoughts: [],
      message_files: [],
      status: message.status,
      error: message.error,
      extra_contents: [],
    }),
  },
} satisfies Record<GenerationName, Generation>;

function itemHead(message: Message): object {
  return {
    id: message.id,
    conversation_id: message.conversationId,
    // The Service API knows no branches.
    parent_message_id: '00000000-0000-0000-0000-000000000000',
    inputs: message.inputs,
    query: message.query,
    answer: message.answer,
  };
}
