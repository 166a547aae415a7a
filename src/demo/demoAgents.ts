import { type App, parameters } from './apps.ts';
import { agentAnswer, demoTools } from './text/agent.ts';

const disclaimer = 'A demonstration without a language model: rules choose the tools, on this computer.';

const agent: App = {
  key: 'app-DemoAgent000000000000005',
  name: 'Demo Agent',
  mode: 'agent-chat',
  description:
    'A demo: tells the time, counts words and calculates, and shows its tools at work. No language model is behind it.',
  authorName: 'Dify Companion Demo',
  site: { icon: '🧮', iconBackground: '#FEF7C3', description: 'Tells the time, counts words, calculates.', disclaimer },
  parameters: parameters({
    opening_statement:
      'Hello! I am a **demo** and no language model: rules choose my tools. I tell the time, count the words of a text, and calculate.',
    suggested_questions: ['What time is it?', 'How much is 12 * (3 + 4)?', 'Count the words: To be, or not to be'],
  }),
  promptOf: (_inputs, query) => query,
  answer: agentAnswer,
  agent: { strategy: 'function_call', tools: demoTools, maxIterations: 5 },
};

/** The kind of agent that newer servers have beside the other: it shows nothing of its tools, and its answer comes whole. */
const newAgent: App = {
  ...agent,
  key: 'app-DemoNewAgent000000000006',
  name: 'Demo New Agent',
  mode: 'agent',
  description:
    'A demo of the new agent: the same tools, but nothing shows before the whole answer. No language model is behind it.',
  site: { ...agent.site, icon: '🪄' },
  parameters: parameters({}),
};

/** The demo's agents; only a newer server has the second. */
export const demoAgents: readonly App[] = [agent, newAgent];
