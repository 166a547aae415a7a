import type { Fields, NodeContext } from '../graph.ts';

/** One entry of an agent's log, which is a tree. */
export interface LogEntry {
  readonly id: string;
  readonly label: string;
  readonly parentId: string | null;
  readonly startedAt: number;
  /** Metadata before and behind the times. */
  readonly head: Fields;
  readonly tail: Fields;
  status: 'start' | 'success';
  data: Fields;
  metadata: Fields;
}

/** Announces what an agent does as it happens, and keeps it for the node's outputs. */
export class AgentLog {
  readonly entries: LogEntry[] = [];
  readonly modelMetadata: Fields = { provider: 'langgenius/openai_api_compatible/openai_api_compatible' };
  readonly #context: NodeContext;

  constructor(context: NodeContext) {
    this.#context = context;
  }

  begin(label: string, parent: LogEntry | undefined, head: Fields, tail: Fields = modelIcons(head)): LogEntry {
    const { clock, uuid } = this.#context;
    const startedAt = clock.now() / 1000;
    const entry: LogEntry = {
      id: uuid(),
      label,
      parentId: parent?.id ?? null,
      startedAt,
      head,
      tail,
      status: 'start',
      data: {},
      metadata: { ...head, started_at: startedAt, ...tail },
    };
    this.entries.push(entry);
    this.#announce(entry);
    return entry;
  }

  /** @param spent Where a model was asked. */
  finish(entry: LogEntry, data: Fields, spent: { readonly total_tokens?: number }): void {
    const finishedAt = this.#context.clock.now() / 1000;
    const paid = spent.total_tokens !== undefined;
    entry.status = 'success';
    entry.data = data;
    entry.metadata = {
      ...(paid ? { currency: 'USD' } : {}),
      elapsed_time: finishedAt - entry.startedAt,
      finished_at: finishedAt,
      ...entry.head,
      started_at: entry.startedAt,
      ...(paid ? { total_price: '0', total_tokens: spent.total_tokens } : {}),
      ...entry.tail,
    };
    this.#announce(entry);
  }

  /** As it stands in the node's output `json`. */
  outputEntry({ data, id, label, metadata, parentId, status }: LogEntry): Fields {
    return { id, parent_id: parentId, error: null, status, data, label, metadata, node_id: this.#context.node.id };
  }

  /** As it stands in the node's execution metadata. */
  metadataEntry({ data, id, label, metadata, parentId, status }: LogEntry): Fields {
    const node = this.#context.node.id;
    return {
      message_id: id,
      label,
      node_execution_id: node,
      parent_id: parentId,
      error: null,
      status,
      data,
      metadata,
      node_id: node,
    };
  }

  #announce({ data, id, label, metadata, parentId, status }: LogEntry): void {
    const node = this.#context.node.id;
    this.#context.announce({
      event: 'agent_log',
      data: {
        node_execution_id: node,
        id,
        label,
        parent_id: parentId,
        error: null,
        status,
        data,
        metadata,
        node_id: node,
      },
    });
  }
}

/** A model has icons, a round has none. */
function modelIcons(head: Fields): Fields {
  const icon = 'fb1d7c05088e34ecabd0e087ebcfd929be9aad785b5e21e0577c2aa82acf7ae0.svg';
  return 'provider' in head ? { icon, icon_dark: null } : {};
}
