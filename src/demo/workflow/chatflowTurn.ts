import type { App, Mode } from '../apps.ts';
import { outputPreset } from '../turns/moderation.ts';
import { spoken } from '../speech.ts';
import { pausedState } from '../humanInput/pauseEvents.ts';
import type { Citation, Conversation, Message } from '../history/store.ts';
import type { Fields } from './graph.ts';
import type { Run } from './run.ts';
import type { Ending, RunKind } from './runKind.ts';
import type { Chunk } from './streaming.ts';
import { type Usage, sumOf, usageData } from './tokens.ts';

export interface ChatflowTurnOptions {
  readonly run: Run;
  readonly message: Message;
  readonly conversation: Conversation;
  readonly app: App;
  readonly user: string;
  /** Whether the caller waits for the whole answer. */
  readonly blocks: boolean;
}

/** A run that is a turn of a conversation: its events carry the message's ids, and its answer is saved with the question. */
export class ChatflowTurn implements RunKind {
  readonly run: Run;
  readonly #options: ChatflowTurnOptions;
  #said = '';
  #abandoned = false;
  /** Seconds of the run. */
  #firstWord: number | undefined;
  #lastWord = 0;

  constructor(options: ChatflowTurnOptions) {
    this.run = options.run;
    this.#options = options;
  }

  /** Nobody reads on, so nothing will be saved. */
  abandon(): void {
    this.#abandoned = true;
  }

  readonly dataEvent = (event: string, data: Fields): object => ({
    ...this.#head(event),
    task_id: this.run.options.taskId,
    workflow_run_id: this.run.id,
    data,
  });

  readonly agentLog = (data: Fields): object => ({
    ...this.#head('agent_log'),
    task_id: this.run.options.taskId,
    data,
  });

  readonly said = ({ selector, text }: Chunk): object => {
    this.#said += text;
    if (text !== '') {
      this.#lastWord = this.run.elapsed();
      this.#firstWord ??= this.#lastWord;
    }
    return {
      ...this.#head('message'),
      task_id: this.run.options.taskId,
      id: this.#options.message.id,
      answer: text,
      from_variable_selector: selector,
    };
  };

  readonly pause = (): void => {
    const { blocks, conversation, message } = this.#options;
    if (conversation.deleted) throw new TypeError('The conversation was deleted meanwhile.');
    // Whoever waits for the whole answer gets the first part, and the message stays as it was.
    if (blocks) return;
    message.answer = this.#said;
    message.status = 'paused';
  };

  readonly end = (ending: Ending, finished: object): Iterable<object> =>
    this.run.options.context.generation.relays ? this.#endOfJob(ending, finished) : this.#endOfThread(ending, finished);

  blockingBody(): object {
    const { message } = this.#options;
    const { id } = message;
    const head = { task_id: this.run.options.taskId, id, message_id: id };
    if (this.run.status !== 'paused') {
      return {
        event: 'message',
        ...head,
        ...this.#whole(this.#metadata(this.#usage())),
        created_at: message.createdAt,
      };
    }
    const whole = this.#whole({ ...this.#metadata(undefined), usage: null });
    const { conversation_id, mode, answer, metadata } = whole;
    const ids = { id, mode, conversation_id, message_id: id, workflow_run_id: this.run.id };
    return {
      event: 'workflow_paused',
      ...head,
      ...whole,
      created_at: message.createdAt,
      workflow_run_id: this.run.id,
      data: { ...ids, answer, metadata, created_at: message.createdAt, ...pausedState(this.run) },
    };
  }

  #whole(metadata: object): BlockingAnswer {
    const { app, message } = this.#options;
    const answer = this.#instead(this.#said) ?? this.#said;
    return { conversation_id: message.conversationId, mode: app.mode, answer, metadata };
  }

  /** The older order: the run's end, and then what becomes of the message. */
  *#endOfThread(ending: Ending, finished: object): Generator<object> {
    yield finished;
    if (this.#abandoned) return;
    this.#save(ending);
    if (ending.type === 'failed' || ending.type === 'aborted') {
      yield { ...this.#head('error'), code: 'invalid_param', status: 400, message: `Run failed: ${ending.error}` };
    } else {
      yield* this.#replacement();
      yield this.#messageEnd();
    }
    yield* this.#speech();
  }

  /** The newer one: the run's end is the last word, and only a success has another before it. */
  *#endOfJob(ending: Ending, finished: object): Generator<object> {
    this.#save(ending);
    if (ending.type === 'succeeded') {
      yield* this.#replacement();
      yield this.#messageEnd();
    }
    yield finished;
  }

  #save(ending: Ending): void {
    const { conversation, message } = this.#options;
    if (conversation.deleted) throw new TypeError('The conversation was deleted meanwhile.');
    message.citations = this.#citations();
    message.status = 'normal';
    if (ending.type === 'failed' || ending.type === 'aborted') {
      message.status = 'error';
      message.error = `Run failed: ${ending.error}`;
      return;
    }
    // What has been said, whether or not it has become part of the run's outputs.
    message.answer = this.#instead(this.#said) ?? this.#said;
    this.#saveFiles(message);
  }

  /** What is to be seen in place of an answer that the app does not let through. */
  #instead(answer: string): string | undefined {
    return outputPreset(this.#options.app.moderation, answer);
  }

  *#replacement(): Generator<object> {
    const answer = this.#instead(this.#said);
    if (answer === undefined) return;
    const { taskId } = this.run.options;
    yield { ...this.#head('message_replace'), task_id: taskId, answer, reason: 'output_moderation' };
  }

  /** The answer's sound, which a newer server never sends. */
  *#speech(): Generator<object> {
    const { taskId, version } = this.run.options;
    const { app } = this.#options;
    for (const { audio, event } of spoken({ speech: app.speech, parameters: version.parameters }, this.#said)) {
      yield { ...this.#head(event), task_id: taskId, audio };
    }
  }

  /** Files that tools have made stand in the stream's text as links, in the history beside it. */
  #saveFiles(message: Message): void {
    for (const file of this.run.options.kept) {
      const links = /!?\[[^\]]*\]\(([^)]*)\)/g;
      const { place } = file;
      const id = place.transferMethod === 'tool_file' ? place.file.id : '';
      const without = message.answer.replaceAll(links, (link, url: string) => (url.includes(id) ? '' : link));
      if (without === message.answer) continue;
      message.answer = without;
      message.files.push({ id: this.run.options.context.uuid(), belongsTo: 'assistant', file });
    }
  }

  #messageEnd(): object {
    const { message } = this.#options;
    return {
      ...this.#head('message_end'),
      task_id: this.run.options.taskId,
      id: message.id,
      metadata: this.#metadata(this.#usage()),
      files: this.run.finishedData()['files'],
    };
  }

  #metadata(usage: Usage | undefined): object {
    const first = this.#firstWord;
    return {
      annotation_reply: null,
      retriever_resources: this.#citations(),
      usage: {
        ...usageData(usage),
        time_to_first_token: first ?? null,
        time_to_generate: first === undefined ? null : this.#lastWord - first,
      },
    };
  }

  /** The server counts rounds twice: node by node, and with the iteration. */
  #usage(): Usage | undefined {
    return sumOf(this.run.executions.map(({ usage }) => usage));
  }

  #citations(): readonly Citation[] {
    const { retriever_resource: citing } = this.run.options.version.parameters;
    if (!('enabled' in citing && citing.enabled === true)) return [];
    const found = this.run.executions
      .filter(({ node }) => node.type === 'knowledge-retrieval')
      .flatMap(({ outputs }) => (Array.isArray(outputs['result']) ? (outputs['result'] as readonly Fields[]) : []));
    return found.map((each) => citation(each, this.run.options.context.generation.knowsSummaries));
  }

  #head(event: string): Fields {
    const { message } = this.#options;
    return {
      event,
      conversation_id: message.conversationId,
      message_id: message.id,
      created_at: message.createdAt,
    };
  }
}

interface BlockingAnswer {
  readonly conversation_id: string;
  readonly mode: Mode;
  readonly answer: string;
  readonly metadata: object;
}

function citation({ content, files, metadata }: Fields, knowsSummaries: boolean): Citation {
  const known: Fields = typeof metadata === 'object' && metadata !== null ? { ...metadata } : {};
  return {
    position: known['position'],
    dataset_id: known['dataset_id'],
    dataset_name: known['dataset_name'],
    document_id: known['document_id'],
    document_name: known['document_name'],
    data_source_type: known['data_source_type'],
    segment_id: known['segment_id'],
    retriever_from: known['retriever_from'],
    score: known['score'],
    hit_count: known['segment_hit_count'],
    word_count: known['segment_word_count'],
    segment_position: known['segment_position'],
    index_node_hash: known['segment_index_node_hash'],
    content,
    page: null,
    doc_metadata: null,
    title: null,
    files: files ?? null,
    ...(knowsSummaries ? { summary: null } : {}),
  };
}
