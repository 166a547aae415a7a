import { shown } from '../dify/errorResponse.ts';
import type { StreamEvent, StreamThought } from '../dify/events.ts';
import { filled, isFields, object, parseJson, text } from '../dify/json.ts';
import type { DifyFile } from '../dify/metadata.ts';
import { redact } from '../dify/redact.ts';
import type { AgentLogEntry, NodeFields, NodeOutcome } from '../dify/workflowEvents.ts';
import { previewOf, previewOfJson } from './preview.ts';
import type { RunEvent } from './run.ts';
import type { LogEntry, NodeEnd, NodeStart, Thought } from './steps.ts';

/** What an event of Dify tells of the run beside its text and its end, which depend on what came before. */
export function eventsOf(event: StreamEvent): readonly RunEvent[] {
  switch (event.event) {
    case 'agent_thought':
      return [{ type: 'thought', thought: thoughtOf(event) }];
    case 'message_file':
      return filesOf([event.file]);
    case 'message_end':
      return [
        ...filesOf(event.files),
        ...(event.retriever_resources.length === 0
          ? []
          : [{ type: 'cited', citations: event.retriever_resources } as const]),
        ...(event.annotation_reply === undefined ? [] : [{ type: 'annotated', by: event.annotation_reply } as const]),
      ];
    case 'human_input_required':
      return [{ type: 'formOpened', form: event.form }];
    case 'human_input_form_filled': {
      const { node_id: nodeId, action_text, action_id, rendered_content: content } = event;
      return [{ type: 'formFilled', nodeId, action: action_text || action_id, content }];
    }
    case 'human_input_form_timeout':
      return [{ type: 'formExpired', nodeId: event.node_id }];
    case 'workflow_paused':
      return event.forms.map((form) => ({ type: 'formOpened', form }) as const);
    case 'workflow_finished':
      return [
        // A workflow's are its outputs, also where the person has sent them.
        ...(event.message_id === undefined ? event.files.map(fileAdded) : filesOf(event.files)),
        // A chatflow's are its answer, which is in the text.
        ...(event.message_id === undefined && Object.keys(event.outputs).length > 0
          ? [{ type: 'outputsGiven', outputs: event.outputs } as const]
          : []),
      ];
    default:
      return nodeEventsOf(event);
  }
}

function nodeEventsOf(event: StreamEvent): readonly RunEvent[] {
  switch (event.event) {
    case 'node_started':
      return [{ type: 'nodeStarted', node: startOf(event, undefined) }];
    case 'iteration_started':
      return [{ type: 'nodeStarted', node: startOf(event, event.length) }];
    case 'loop_started':
      // A loop's first round is not announced.
      return [
        { type: 'nodeStarted', node: startOf(event, event.length) },
        { type: 'roundStarted', id: event.id, round: 0 },
      ];
    // Counted from 0 before an iteration's round, from 1 after a loop's: both name the round that begins.
    case 'iteration_next':
    case 'loop_next':
      return [{ type: 'roundStarted', id: event.id, round: event.index }];
    case 'node_retry':
      return [
        {
          type: 'nodeRetried',
          node: startOf(event, undefined),
          attempt: event.retry_index ?? 1,
          error: wordsOf(event.error),
        },
      ];
    case 'node_finished':
    case 'iteration_completed':
    case 'loop_completed':
      return [{ type: 'nodeEnded', node: endOf(event) }];
    case 'agent_log':
      return [{ type: 'logged', nodeId: event.node_id, entry: logEntryOf(event) }];
    default:
      return [];
  }
}

/** Those that the answer brought: Dify 1.14 also lists what the person sent. */
function filesOf(files: readonly DifyFile[]): readonly RunEvent[] {
  return files.filter((file) => file.belongs_to !== 'user').map(fileAdded);
}

function fileAdded(file: DifyFile): RunEvent {
  return { type: 'fileAdded', file };
}

/** A round of an agent; what its tools got and gave is taken apart by tool where it is JSON by tool. */
export function thoughtOf({ id, position, thought, tools, ...rest }: StreamThought): Thought {
  const labels = rest.tool_labels;
  const calls = tools.map((tool, index) => ({
    tool,
    labels: object(labels, tool),
    input: previewOfJson(partOf(rest.tool_input, tool, index)),
    result: previewOfJson(partOf(rest.observation, tool, index)),
    seconds: undefined,
  }));
  const said = (tools.length > 0 ? once(thought) : thought).slice(0, longestThought);
  return { id, position, text: said, calls, files: rest.message_files };
}

/** Of a longer thought the rest is left out, in UTF-16 code units. */
const longestThought = 64 * 1024;

/** The thought of a ReAct agent that called a tool is told twice over when the tool is done. */
function once(thought: string): string {
  const half = thought.slice(0, thought.length / 2);
  return half + half === thought ? half : thought;
}

/** The part of one tool; all of a text that is not by tool goes to the first. */
function partOf(json: string, tool: string, index: number): string {
  const parts = parseJson(json);
  if (!isFields(parts) || !Object.hasOwn(parts, tool)) return index === 0 ? json : '';
  return text(parts, tool) ?? JSON.stringify(parts[tool]);
}

function startOf(node: NodeFields, length: number | undefined): NodeStart {
  const { id, node_id: nodeId, node_type: nodeType, title, container_id: container } = node;
  return { id, nodeId, nodeType, title, container, length };
}

function endOf(node: NodeOutcome): NodeEnd {
  const { status, elapsed_time: seconds, total_tokens: tokens, round } = node;
  const error = wordsOf(node.error);
  const values = { inputs: previewOf(node.inputs), outputs: previewOf(node.outputs), branch: branchOf(node) };
  return { ...startOf(node, undefined), status, error, seconds, tokens, round, ...values };
}

/** Where a classifier, a form or a condition sends the run. */
function branchOf({ outputs }: NodeOutcome): string | undefined {
  const [action, id] = [filled(outputs, '__action_value'), filled(outputs, '__action_id')];
  return filled(outputs, 'class_name') ?? action ?? id ?? filled(outputs, 'selected_case_id');
}

function logEntryOf({ id, parent_id: parent, label, status, error, data }: AgentLogEntry): LogEntry {
  return { id, parent, label, status, error: wordsOf(error ?? filled(data, 'error')), data: previewOf(data) };
}

/** The words of an error that are meant for people. */
function wordsOf(error: string | undefined): string | undefined {
  return error === undefined ? undefined : redact(shown(error));
}
