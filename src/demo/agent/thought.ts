/** A row of the server's table of agent thoughts: one round of an agent, filled in as it goes on. */
export interface AgentThought {
  readonly id: string;
  readonly messageId: string;
  /** From 1. */
  readonly position: number;
  /** Whole seconds. */
  readonly createdAt: number;
  readonly thought: string;
  /** Names joined by `;`, '' without a tool. */
  readonly tool: string;
  readonly toolLabels: object;
  /** JSON of an object by tool, or ''. */
  readonly toolInput: string;
  /** JSON of an object by tool, or ''. */
  readonly observation: string;
  /** Ids of message files. */
  readonly files: readonly string[];
}

/** The part of an `agent_thought` event that is its own. */
export function thoughtEvent(row: AgentThought): object {
  return {
    id: row.id,
    position: row.position,
    thought: row.thought,
    observation: row.observation,
    tool: row.tool,
    tool_labels: row.toolLabels,
    tool_input: row.toolInput,
    message_files: row.files,
  };
}

/** An entry of a message's `agent_thoughts`. */
export function thoughtItem(row: AgentThought): object {
  return {
    id: row.id,
    chain_id: null,
    message_id: row.messageId,
    position: row.position,
    thought: row.thought,
    tool: row.tool,
    tool_labels: row.toolLabels,
    tool_input: row.toolInput,
    created_at: row.createdAt,
    observation: row.observation,
    files: row.files,
  };
}
