import { compactJson } from '../../http/python.ts';
import type { ToolCall } from '../../turns/textSource.ts';
import { countTokens } from '../../turns/usage.ts';
import { type Fields, type Node, type NodeContext, NodeError } from '../graph.ts';
import { type Usage, usageData } from '../tokens.ts';
import { AgentLog, type LogEntry } from './agentLog.ts';
import { modelCall } from './modelCall.ts';
import { type Named, asFields, done, messageOf } from './plain.ts';

/** A function that an agent may call. */
export interface AgentTool {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly provider: string;
  /** Set by the app's owner; the model fills in the null ones. */
  readonly parameters: Fields;
  readonly call: (input: Fields, now: number) => string;
}

export interface AgentOptions extends Named {
  readonly instruction: string;
  /** A template. */
  readonly query: string;
  readonly rounds: number;
  readonly tools: readonly AgentTool[];
}

const model = 'fake-model';
const strategyIcon = 'e74e644589f5d78cd6019be7b92050c2b54b2645139af705fe610649a73282cf.svg';

/** A model that may call tools, round by round, before it answers. It tells what it does in a tree of log entries. */
export function agent(options: AgentOptions): Node {
  return {
    id: options.id,
    title: options.title,
    type: 'agent',
    agentStrategy: { name: 'function_calling', icon: strategyIcon },
    run: (context) => runAgent(options, context),
  };
}

interface Progress {
  text: string;
  prompt: number;
  completion: number;
  readonly observations: string[];
}

async function runAgent(options: AgentOptions, context: NodeContext): ReturnType<Node['run']> {
  const query = context.values.filled(options.query);
  const inputs = inputsOf(options, query);
  const log = new AgentLog(context);
  const progress: Progress = { text: '', prompt: 0, completion: 0, observations: [] };
  const begun = context.clock.now();
  for (let round = 1; round <= options.rounds; round++) {
    const calls = await runRound(options, context, { round, query, inputs, log, progress });
    if (calls === 0) break;
  }
  context.stream('text', '', true);
  const usage: Usage = {
    prompt: progress.prompt,
    completion: progress.completion,
    latency: (context.clock.now() - begun) / 1000,
  };
  return done({
    inputs,
    outputs: {
      text: progress.text,
      usage: usageData(usage),
      files: [],
      json: [...log.entries.map((entry) => log.outputEntry(entry)), { data: [] }],
    },
    metadata: {
      currency: 'USD',
      total_price: 0,
      total_tokens: usage.prompt + usage.completion,
      tool_info: { icon: strategyIcon, agent_strategy: 'function_calling' },
      agent_log: log.entries.map((entry) => log.metadataEntry(entry)),
    },
    usage,
  });
}

interface Round {
  readonly round: number;
  readonly query: string;
  readonly inputs: Fields;
  readonly log: AgentLog;
  readonly progress: Progress;
}

/** @returns how many tools it has called. */
async function runRound(options: AgentOptions, context: NodeContext, current: Round): Promise<number> {
  const { log, progress, round } = current;
  const whole = log.begin(`ROUND ${round}`, undefined, {});
  const { calls, said, tokens } = await think(options, context, current, whole);
  const responses = calls.map((call, index) => {
    const response = callTool(options, context, { call, log, parent: whole, count: progress.observations.length });
    progress.observations.push(response.tool_response);
    if (index === calls.length - 1) say(context, progress, '\n');
    return response;
  });
  log.finish(whole, { output: { llm_response: said, tool_responses: responses } }, { total_tokens: tokens });
  return calls.length;
}

async function think(
  options: AgentOptions,
  context: NodeContext,
  { inputs, log, progress, query, round }: Round,
  parent: LogEntry,
): Promise<{ readonly said: string; readonly calls: readonly ToolCall[]; readonly tokens: number }> {
  const entry = log.begin(`${model} Thought`, parent, log.modelMetadata);
  const tools = round < options.rounds ? options.tools.map(({ name }) => name) : [];
  const { history, values } = context;
  const form = asFields(values.get(['sys', 'inputs']));
  const prompt = { text: query, inputs: form, query, history, tools, observations: progress.observations };
  const calls: ToolCall[] = [];
  let said = '';
  try {
    for await (const piece of modelCall(context, undefined, prompt, inputs)) {
      if (typeof piece === 'string') {
        said += piece;
        say(context, progress, piece);
      } else {
        calls.push(piece);
      }
    }
  } catch (error) {
    throw failure(error, context, inputs);
  }
  const prompted = [options.instruction, query, ...progress.observations].reduce(
    (sum, text) => sum + countTokens(text),
    0,
  );
  progress.prompt += prompted;
  progress.completion += countTokens(said);
  const tokens = prompted + countTokens(said);
  const wished = calls.map(({ input, tool }) => ({ args: argumentsOf(input), name: tool }));
  const tool_name = calls.map(({ tool }) => tool).join(';');
  log.finish(entry, { output: said, tool_input: wished, tool_name }, { total_tokens: tokens });
  return { said, calls, tokens };
}

function say(context: NodeContext, progress: Progress, text: string): void {
  progress.text += text;
  context.stream('text', text);
}

interface Calling {
  readonly call: ToolCall;
  readonly log: AgentLog;
  readonly parent: LogEntry;
  /** Of tools called before. */
  readonly count: number;
}

interface ToolResponse {
  readonly tool_call_id: string;
  readonly tool_call_input: Fields;
  readonly tool_call_name: string;
  readonly tool_response: string;
}

/** What goes wrong inside of a tool is its answer. */
function callTool(options: AgentOptions, { clock }: NodeContext, { call, count, log, parent }: Calling): ToolResponse {
  const tool = options.tools.find(({ name }) => name === call.tool);
  const provider = tool?.provider ?? '';
  const icon = `/console/api/workspaces/current/tool-provider/builtin/${provider}/icon`;
  const entry = log.begin(`CALL ${call.tool}`, parent, { provider }, { icon, icon_dark: '' });
  const input = { ...tool?.parameters, ...argumentsOf(call.input) };
  const response = {
    tool_call_id: `call_${call.tool}_${count + 1}`,
    tool_call_input: input,
    tool_call_name: call.tool,
    tool_response: answered(tool, input, clock.now()),
  };
  log.finish(entry, { output: response }, {});
  return response;
}

function answered(tool: AgentTool | undefined, input: Fields, now: number): string {
  if (tool === undefined) return 'there is not a tool of that name';
  try {
    return tool.call(input, now);
  } catch (error) {
    return `tool invoke error: ${messageOf(error)}`;
  }
}

function argumentsOf(input: string): Fields {
  try {
    return asFields(JSON.parse(input));
  } catch {
    return {};
  }
}

/** A failing model has gone through two plugins. */
function failure(error: unknown, { uuid }: NodeContext, inputs: Fields): unknown {
  if (!(error instanceof NodeError)) return error;
  const inner = {
    args: {},
    error_type: 'Exception',
    message: `read llm model failed: request failed: ${error.message}`,
  };
  const request = uuid().replaceAll('-', '').slice(0, 10);
  const message = `Failed to transform agent message: req_id: ${request} PluginInvokeError: ${compactJson(inner)}`;
  return new NodeError(message, 'AgentNodeError', { inputs });
}

function inputsOf({ instruction, rounds, tools }: AgentOptions, query: string): Fields {
  return {
    model: {
      provider: 'langgenius/openai_api_compatible/openai_api_compatible',
      model,
      model_type: 'llm',
      mode: 'chat',
      completion_params: {},
      type: 'model-selector',
    },
    instruction,
    query,
    maximum_iterations: rounds,
    tools: tools.map(({ description, label, name, parameters, provider }) => ({
      enabled: true,
      provider_name: provider,
      tool_name: name,
      tool_label: label,
      tool_description: description,
      type: 'builtin',
      extra: { description },
      settings: {},
      parameters,
    })),
  };
}
