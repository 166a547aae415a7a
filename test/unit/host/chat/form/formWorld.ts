import assert from 'node:assert/strict';
import { EventEmitter } from 'vscode';
import { newConversation, type Conversation } from '../../../../../src/conversation/conversation.ts';
import type { FormValues } from '../../../../../src/conversation/inputForm.ts';
import { emptyForm, type FormState } from '../../../../../src/conversation/protocol.ts';
import { reduce } from '../../../../../src/conversation/reduce.ts';
import { parameters, type App as DemoApp, type FormEntry } from '../../../../../src/demo/apps.ts';
import { realClock, type Clock } from '../../../../../src/demo/clock.ts';
import { createDemoServer } from '../../../../../src/demo/server.ts';
import { edges } from '../../../../../src/demo/workflow/edges.ts';
import { answer, start } from '../../../../../src/demo/workflow/nodes/plain.ts';
import { ApiKey } from '../../../../../src/dify/apiKey.ts';
import { getParameters, type AppParameters } from '../../../../../src/dify/app.ts';
import { chat } from '../../../../../src/dify/chat.ts';
import { DifyClient } from '../../../../../src/dify/client.ts';
import { DifyError } from '../../../../../src/dify/errors.ts';
import { FormPart } from '../../../../../src/host/chat/form/formPart.ts';
import type { FormPorts } from '../../../../../src/host/chat/form/formPorts.ts';
import type { Happened, Home } from '../../../../../src/host/chat/talk.ts';
import type { LocalFile } from '../../../../../src/host/files/asks.ts';
import { uploadsTo } from '../../../../../src/host/files/uploads.ts';
import { collected, neverAborted } from '../../../../support/difyClient.ts';
import { testApp } from '../../../../support/hostState.ts';

const documents = {
  allowed_file_types: ['document'],
  allowed_file_extensions: [],
  allowed_file_upload_methods: ['local_file', 'remote_url'],
};

export const textField: FormEntry = {
  'text-input': { label: 'Name', variable: 'name', required: true, default: '', max_length: 48 },
};

export const everyField: readonly FormEntry[] = [
  textField,
  { paragraph: { label: 'Happened', variable: 'happened', required: false, default: '', max_length: 90 } },
  { select: { label: 'Product', variable: 'product', required: true, default: '', options: ['X200', 'X300'] } },
  { select: { label: 'Region', variable: 'region', required: false, default: '', options: ['North'] } },
  { number: { label: 'Seats', variable: 'seats', required: false, default: 2 } },
  { checkbox: { label: 'Archive', variable: 'archive', required: false, default: false } },
  { file: { label: 'Photo', variable: 'photo', required: false, ...documents } },
  { 'file-list': { label: 'Logs', variable: 'logs', required: false, max_length: 2, ...documents } },
  { json_object: { label: 'Settings', variable: 'settings', required: false, json_schema: null } },
  { tomorrow: { label: 'Ticket', variable: 'ticket', required: false, default: '' } },
];

type Mode = 'chat' | 'advanced-chat';

function appOf(mode: Mode, form: readonly FormEntry[]): DemoApp {
  const told = parameters({ user_input_form: form });
  const id = 'de300000-0000-4000-8000-000000000107';
  const graph = {
    nodes: [start({ id: 'start' }), answer({ id: 'answer', says: 'Hi' })],
    edges: edges('start > answer'),
  };
  return {
    key: 'app-test',
    name: 'Desk',
    mode,
    description: '',
    authorName: null,
    site: { icon: 'x', iconBackground: '#FFF', description: null, disclaimer: '' },
    parameters: told,
    promptOf: () => '',
    answer: () => ['Hi'],
    ...(mode === 'advanced-chat'
      ? { workflow: { appId: id, draftId: id, versions: [{ id, graph, parameters: told }] } }
      : {}),
  };
}

/** A hundred times as fast: a server takes a second to name a new conversation before it answers. */
const hurried: Clock = {
  now: () => Date.now() * 100,
  sleep: (ms, signal) => realClock.sleep(ms / 100, signal),
};

/** A window whose chat shows one conversation with an app of the embedded server. */
export class FormWorld {
  readonly app;
  readonly client: DifyClient;
  readonly told: FormState[] = [];
  readonly drafts = new Map<string, FormValues>();
  readonly happened = new EventEmitter<Happened>();
  readonly asked: string[] = [];
  conversation: Conversation = newConversation();
  /** Conversations that are open and not shown. */
  left: Conversation[] = [];
  parameters: AppParameters | undefined;
  /** What the dialog gives. */
  chosen: readonly LocalFile[] = [];
  readonly part: FormPart;

  constructor(
    options: { readonly mode?: Mode; readonly generation?: 'a' | 'b'; readonly form?: readonly FormEntry[] } = {},
  ) {
    const { mode = 'chat', generation = 'b', form = everyField } = options;
    this.app = testApp('desk', { mode });
    const server = createDemoServer({
      generation,
      apps: [appOf(mode, form)],
      tokensPerSecond: Infinity,
      clock: hurried,
    });
    const apiKey = new ApiKey('app-test', 'http://dify.test');
    this.client = new DifyClient(
      () => Promise.resolve({ baseUrl: 'http://dify.test/v1', apiKey, user: 'ada' }),
      (url, init) => server.handle(new Request(url, init)),
    );
    this.part = new FormPart({
      talk: this.#talk(),
      details: {
        knownParameters: () => this.parameters,
        parameters: () => this.read(),
        reread: () => this.read(),
      },
      drafts: {
        of: (_, key) => this.drafts.get(key) ?? {},
        keep: (_, key, values) => this.drafts.set(key, values),
      },
      choose: async () => this.chosen,
      dropped: async () => this.chosen,
      uploads: () => this.parameters && uploadsTo(this.client, this.parameters.systemParameters),
    });
    this.part.onDidChange(({ form: state = emptyForm }) => this.told.push(state));
  }

  #talk(): FormPorts['talk'] {
    const shown = {
      app: () => this.app,
      conversation: () => this.conversation,
    };
    return {
      get app() {
        return shown.app();
      },
      get conversation() {
        return shown.conversation();
      },
      opened: (_, key) => [this.conversation, ...this.left].find((one) => one.key === key),
      onDidShow: new EventEmitter<void>().event,
      onDidHappen: this.happened.event,
      onDidForget: new EventEmitter<Home>().event,
      apply: async (_, key, event) => {
        assert.ok([this.conversation, ...this.left].some((one) => one.key === key));
        if (key === this.conversation.key) this.conversation = reduce(this.conversation, event);
        this.left = this.left.map((one) => (one.key === key ? reduce(one, event) : one));
      },
      send: async (query, key) => void this.asked.push(key === this.conversation.key ? query : `${query} in ${key}`),
      newConversation: async () => {
        this.conversation = newConversation();
      },
    };
  }

  async read(): Promise<AppParameters> {
    this.parameters = await getParameters(this.client, neverAborted);
    return this.parameters;
  }

  get form(): FormState {
    return this.part.state().form ?? emptyForm;
  }

  /** Types into fields, as a page tells it. */
  type(values: FormValues, key = this.conversation.key): void {
    this.part.acts().form({ type: 'form', key, values });
  }

  /** Shows a new conversation; the other one stays open. */
  leave(): void {
    this.left.push(this.conversation);
    this.conversation = newConversation();
  }

  /** Whether the question may be asked in the shown conversation. */
  async ready(query: string): Promise<boolean> {
    return await this.part.ready(query, { appId: this.app.id, key: this.conversation.key });
  }

  async start(values: FormValues, query = ''): Promise<void> {
    await this.part.acts().start({ type: 'start', values, query });
  }

  /** Asks with the inputs of the conversation. @returns how that ended */
  async ask(): Promise<string> {
    const question = { query: 'Hi', inputs: this.conversation.inputs ?? {}, conversation_id: '' };
    const events = await collected(chat(this.client, question, neverAborted));
    const last = events.at(-1);
    return last instanceof DifyError ? (last.detail ?? '') : last instanceof Error ? last.message : 'answered';
  }
}

export function localFile(name: string, content = 'text'): LocalFile {
  const bytes = new TextEncoder().encode(content);
  return { name, size: bytes.length, read: () => Promise.resolve(bytes) };
}

export async function worldWith(options: ConstructorParameters<typeof FormWorld>[0] = {}): Promise<FormWorld> {
  const world = new FormWorld(options);
  await world.read();
  world.part.state();
  return world;
}
