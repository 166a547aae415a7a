import { extraContent } from './humanInput/form.ts';
import { compactJson, isFalsy, spacedJson, typeName } from './http/python.ts';
import type { Check } from './http/schema.ts';
import { thoughtItem } from './agent/thought.ts';
import type { Citation, Message } from './history/store.ts';
import { lenientUuid, strictUuid } from './http/uuid.ts';
import { type WorkflowGeneration, workflowGenerations } from './workflow/generation.ts';

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
  /** Whether there are apps of mode `agent`. */
  readonly hasNewAgents: boolean;
  readonly showsEndUsers: boolean;
  /** Whether a model that says nothing is an answer in blocking mode. */
  readonly mayBeEmpty: boolean;
  /** Whether the server tells its endpoints, without a key. */
  readonly hasSwagger: boolean;
  readonly checksTraceSession: boolean;
  readonly files: FileTraits;
  /** What is wrong with the value of a `json_object` input: "must be …". */
  readonly jsonFault: (value: unknown) => string | undefined;
  /** @param files The items of `message_files`. */
  readonly historyItem: (message: Message, files: readonly object[]) => object;
  readonly workflow: WorkflowGeneration;
}

interface FileTraits {
  /** Name of the text deltas of a basic app's message that has files. */
  readonly deltaEvent: 'message' | 'message_file';
  /** Whether `message_end` of a basic app lists the message's files. */
  readonly areInMessageEnd: boolean;
  /** A newer server writes a `reference` where the older one wrote a `tenant_id`, and more about an upload. */
  readonly haveReference: boolean;
  /** Whether only who uploaded a file may send it. */
  readonly areOwned: boolean;
  /** Whether a remote file without an address is passed over rather than refused. */
  readonly areSkippedWithoutUrl: boolean;
  readonly refusedNames: RegExp;
  readonly tooLarge: string;
  /** Whether a signed link gives the file's own media type. */
  readonly linksHaveType: boolean;
  /** Whether links to files of tools name the host that only the server's own machines know. */
  readonly toolLinksAreInternal: boolean;
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
    hasNewAgents: false,
    showsEndUsers: false,
    mayBeEmpty: false,
    workflow: workflowGenerations.a,
    hasSwagger: false,
    checksTraceSession: false,
    files: {
      deltaEvent: 'message_file',
      areInMessageEnd: false,
      haveReference: false,
      areOwned: false,
      areSkippedWithoutUrl: false,
      refusedNames: /[/\\:*?"<>|]/,
      // A template that nobody fills in.
      tooLarge: 'File size exceeded. {message}',
      linksHaveType: true,
      toolLinksAreInternal: true,
    },
    jsonFault: (value) => (typeof value !== 'string' ? 'a string' : isJson(value) ? undefined : 'a valid JSON object'),
    historyItem: (message, files) => ({
      ...itemHead(message),
      message_files: files,
      feedback: message.feedback === undefined ? null : { rating: message.feedback.rating },
      retriever_resources: message.citations ?? [],
      created_at: message.createdAt,
      agent_thoughts: message.thoughts.map(thoughtItem),
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
    hasNewAgents: true,
    showsEndUsers: true,
    mayBeEmpty: true,
    workflow: workflowGenerations.b,
    hasSwagger: true,
    checksTraceSession: true,
    files: {
      deltaEvent: 'message',
      areInMessageEnd: true,
      haveReference: true,
      areOwned: true,
      areSkippedWithoutUrl: true,
      refusedNames: /[/\\]/,
      tooLarge: '',
      linksHaveType: false,
      toolLinksAreInternal: false,
    },
    jsonFault: (value) => (typeName(value) === 'dict' || isFalsy(value) ? undefined : 'a dict'),
    historyItem: (message, files) => ({
      ...itemHead(message),
      feedback: message.feedback === undefined ? null : { rating: message.feedback.rating },
      retriever_resources: (message.citations ?? []).map(rowOfCitation),
      created_at: message.createdAt,
      agent_thoughts: message.thoughts.map(thoughtItem),
      message_files: files,
      status: message.status,
      error: message.error,
      extra_contents: message.forms.map(extraContent),
    }),
  },
} satisfies Record<GenerationName, Generation>;

/** A newer server shows its own row of a citation: some keys fewer, and ids that are others each time. */
function rowOfCitation(citation: Citation): object {
  const hidden = new Set(['retriever_from', 'page', 'doc_metadata', 'title', 'files', 'summary']);
  return {
    id: crypto.randomUUID(),
    message_id: crypto.randomUUID(),
    ...Object.fromEntries(Object.entries(citation).filter(([key]) => !hidden.has(key))),
    summary: null,
    created_at: null,
  };
}

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

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
