import { type LabApp, labApp, uploadsOf } from './labApp.ts';
import { pluginTools, timeTools } from './tools.ts';

/** An agent with Dify's time tools. */
export const clockAgent = labApp(
  {
    key: 'app-LabClockAgent00000000001',
    name: 'Clock agent',
    mode: 'agent-chat',
    agent: { strategy: 'function_call', tools: timeTools, maxIterations: 5 },
  },
  {
    opening_statement: 'Ask me for the time.',
    suggested_questions: ['What time is it?'],
    file_upload: uploadsOf('image'),
  },
);

const toolAgent = labApp({
  key: 'app-LabToolAgent000000000002',
  name: 'Tool agent',
  mode: 'agent-chat',
  agent: { strategy: 'function_call', tools: pluginTools, maxIterations: 5 },
});

const reactAgent = labApp({
  key: 'app-LabReactAgent00000000003',
  name: 'ReAct agent',
  mode: 'agent-chat',
  agent: { strategy: 'react', tools: timeTools, maxIterations: 5 },
});

/** Only a newer server has it. */
export const newAgent = labApp(
  {
    key: 'app-LabNewAgent0000000000004',
    name: 'Lab agent',
    mode: 'agent',
    agent: { strategy: 'function_call', tools: timeTools, maxIterations: 5 },
  },
  {
    opening_statement: null,
    text_to_speech: { enabled: false },
    sensitive_word_avoidance: { enabled: false, type: '', config: {} },
  },
);

export const streamingNewAgent = labApp({
  key: 'app-LabStreamingAgent0000005',
  name: 'Streaming lab agent',
  mode: 'agent',
  agent: { strategy: 'function_call', tools: timeTools, maxIterations: 5, streamsDeltas: true },
});

export const unpublishedAgent = labApp({
  key: 'app-LabUnpublishedAgent00006',
  name: 'Unpublished lab agent',
  mode: 'agent',
  agent: { strategy: 'function_call', tools: [], maxIterations: 5 },
  isUnpublished: true,
});

/** The lab's agents of both kinds. */
export const agentApps: readonly LabApp[] = [
  { app: clockAgent, features: ['tools', 'images'] },
  { app: toolAgent, features: ['tools', 'json-tool', 'slow-tool', 'tool-file', 'broken-tool'] },
  { app: reactAgent, features: ['tools', 'react'] },
  { app: newAgent, features: ['tools'] },
  { app: streamingNewAgent, features: ['tools', 'deltas'] },
  { app: unpublishedAgent, features: ['unpublished'] },
];
