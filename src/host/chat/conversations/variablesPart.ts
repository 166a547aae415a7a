import { EventEmitter, type Disposable } from 'vscode';
import { describe } from '../../../conversation/failure.ts';
import type { StateChange, VariableRow, Variables } from '../../../conversation/protocol.ts';
import { variableValue } from '../../../conversation/variableValue.ts';
import { DifyError } from '../../../dify/errors.ts';
import { getVariables, updateVariable, type ConversationVariable } from '../../../dify/variables.ts';
import type { App } from '../../app.ts';
import { sentenceOf } from '../../sentence.ts';
import { t, wordsFor } from '../../words.ts';
import type { ChatPart } from '../part.ts';
import type { ListPorts } from './ports.ts';

/** How long reading or changing them may take, in milliseconds. */
const patience = 30_000;

/** The variables that a chatflow keeps for the shown conversation, while a page shows them. */
export class VariablesPart implements ChatPart, Disposable {
  readonly #ports: Pick<ListPorts, 'talk' | 'clients' | 'log'>;
  readonly #changed = new EventEmitter<StateChange>();
  readonly onDidChange = this.#changed.event;
  readonly #listening: readonly Disposable[];
  #variables: Variables | undefined;
  /** Of which conversation they are: Dify's id. */
  #of: string | undefined;

  constructor(ports: Pick<ListPorts, 'talk' | 'clients' | 'log'>) {
    this.#ports = ports;
    this.#listening = [
      ports.talk.onDidShow(() => this.#variables !== undefined && void this.read()),
      ports.talk.onDidHappen(({ key, event }) => {
        // An answer may have set them.
        const isEnd = event.type === 'run' && event.event.type === 'answered';
        if (isEnd && this.#variables !== undefined && key === ports.talk.conversation?.key) void this.read();
      }),
    ];
  }

  state(): StateChange {
    return { variables: this.#variables };
  }

  async read(): Promise<void> {
    const { app, conversation } = this.#ports.talk;
    const id = conversation?.id;
    const rows = id !== undefined && id === this.#of ? (this.#variables?.rows ?? []) : [];
    this.#of = id;
    if (app === undefined) return;
    if (app.mode !== 'advanced-chat') {
      return this.#set({ rows: [], state: 'read', problem: t('Only chatflows keep variables.') });
    }
    if (id === undefined) return this.#set({ rows: [], state: 'read', problem: '' });
    this.#set({ rows, state: 'reading', problem: '' });
    const client = this.#ports.clients.of(app);
    const read = async (): Promise<Variables> => {
      const variables = await getVariables(client, id, AbortSignal.timeout(patience));
      return { rows: variables.map(rowOf), state: 'read', problem: '' };
    };
    await this.#take(id, () => read().catch((error: unknown) => this.#failed(app, error, 'failed')));
  }

  /** Sets a variable of the shown conversation to what the text says. */
  async set(variableId: string, text: string): Promise<void> {
    const { app } = this.#ports.talk;
    const before = this.#variables;
    const row = before?.rows.find(({ id }) => id === variableId);
    const conversationId = this.#of;
    if (app === undefined || before === undefined || row === undefined || conversationId === undefined) return;
    const { value, problem } = variableValue(row.type, text, t);
    if (problem !== undefined) return this.#set({ ...before, problem });
    this.#set({ ...before, state: 'reading', problem: '' });
    const client = this.#ports.clients.of(app);
    const change = async (): Promise<Variables> => {
      const variable = { conversationId, id: variableId, value };
      const changed = rowOf(await updateVariable(client, variable, AbortSignal.timeout(patience)));
      const rows = before.rows.map((one) => (one.id === variableId ? { ...one, value: changed.value } : one));
      return { rows, state: 'read', problem: '' };
    };
    await this.#take(conversationId, () =>
      change().catch((error: unknown) => ({ ...this.#failed(app, error, 'read'), rows: before.rows })),
    );
  }

  close(): void {
    this.#of = undefined;
    this.#set(undefined);
  }

  dispose(): void {
    for (const one of this.#listening) one.dispose();
    this.#changed.dispose();
  }

  /** What comes when another conversation is shown, or none, is of no use. */
  async #take(id: string, work: () => Promise<Variables>): Promise<void> {
    const variables = await work();
    if (this.#of === id && this.#variables !== undefined) this.#set(variables);
  }

  #failed(app: App, error: unknown, state: Variables['state']): Variables {
    this.#ports.log.warn('The variables of a conversation', error);
    const isMissing = error instanceof DifyError && error.kind === 'notFound';
    const problem = isMissing
      ? t('Dify has no variables of this conversation. It was deleted, or this version of Dify does not tell them.')
      : sentenceOf(describe(error, wordsFor(app)));
    return { rows: [], state, problem };
  }

  #set(variables: Variables | undefined): void {
    this.#variables = variables;
    this.#changed.fire(this.state());
  }
}

function rowOf({ id, name, value_type: type, description, value }: ConversationVariable): VariableRow {
  return { id, name, type, description, value };
}
