import { answered, holds, one, question, rowsOf, same, withIds } from '../asking.ts';
import type { Fields } from '../ask.ts';
import type { Case } from '../case.ts';
import type { Probe } from '../probe.ts';

const clock = '[[tool:current_time:{"timezone":"UTC"}]]';

/** The thoughts of an answer, the last word on each. */
async function thoughts(app: Probe, text: string): Promise<readonly Fields[]> {
  const { events } = await answered(app, text);
  const byId = new Map(events.filter(({ event }) => event === 'agent_thought').map((each) => [each['id'], each]));
  return [...byId.values()];
}

const tools = { modes: ['agent-chat'], needs: ['tools', 'rule-model'] } as const;

/** Agents and their tools. */
export const agentCases: readonly Case[] = [
  {
    name: 'an agent without need of a tool has one thought',
    ...tools,
    run: async (app) => {
      const [thought, ...more] = await thoughts(app, 'Just say hello. [[notool]] [[long:5]]');
      same('more thoughts', more, []);
      same('its tool', thought?.['tool'], '');
      holds('the answer is its text', String(thought?.['thought']) !== '');
    },
  },
  {
    name: 'a thought with a tool comes in three steps under one id',
    ...tools,
    run: async (app) => {
      const { events } = await answered(app, `What time is it? ${clock}`);
      const steps = events.filter(({ event, position }) => event === 'agent_thought' && position === 1);
      holds('two or three steps', steps.length === 2 || steps.length === 3);
      same('their ids', new Set(steps.map(({ id }) => id)).size, 1);
      const last = steps.at(-1);
      same('the tool', last?.['tool'], 'current_time');
      same('its input', JSON.parse(String(last?.['tool_input'])), { current_time: { timezone: 'UTC' } });
      holds('what it said', String(last?.['observation']) !== '');
    },
  },
  {
    name: 'two rounds of tools are three thoughts',
    ...tools,
    run: async (app) => {
      const found = await thoughts(app, `Twice. [[tools:2]] ${clock}`);
      same(
        'their places',
        found.map(({ position }) => position),
        [1, 2, 3],
      );
      same(
        'their tools',
        found.map(({ tool }) => tool),
        ['current_time', 'current_time', ''],
      );
    },
  },
  {
    name: 'thoughts are in the history',
    ...tools,
    run: async (app) => {
      const { conversationId } = await answered(app, `What time is it? ${clock}`);
      const history = await app.send(
        { path: '/messages', query: { conversation_id: conversationId } },
        { status: 200 },
      );
      const [row] = rowsOf(history);
      same('their number', (row?.['agent_thoughts'] as readonly unknown[] | undefined)?.length, 2);
    },
  },
  {
    name: 'a tool that fails says so in plain words, and the agent goes on',
    modes: ['agent-chat'],
    needs: ['broken-tool', 'rule-model'],
    run: async (app) => {
      const [first] = await thoughts(app, 'Try. [[tool:broken:{}]]');
      holds('words', String(first?.['observation']) !== '');
    },
  },
  one(
    'arguments that are no JSON end the answer',
    (app) => question(app, 'Try. [[tool:current_time:{oops]]'),
    { status: 200, end: 'failed' },
    tools,
  ),
  {
    name: 'an agent that writes down its thoughts streams them in little pieces',
    modes: ['agent-chat'],
    needs: ['react', 'rule-model'],
    run: async (app) => {
      const { events } = await answered(app, `What time is it? [[react]] ${clock}`);
      holds('pieces', events.filter(({ event }) => event === 'agent_message').length > 3);
    },
  },
  {
    name: 'a picture of a tool comes before the thought that names it, and opens without a key',
    modes: ['agent-chat'],
    needs: ['tool-file', 'rule-model'],
    run: async (app) => {
      const { conversationId, events } = await answered(app, 'Draw a cat. [[tool:draw:{"subject":"cat"}]]');
      const picture = events.find(({ event }) => event === 'message_file');
      same('whose', picture?.['belongs_to'], 'assistant');
      const { pathname, search } = new URL(String(picture?.['url']), 'http://localhost');
      const ask = { path: `/${pathname}${search}`, query: { user: undefined }, headers: { Authorization: undefined } };
      await app.send(ask, { status: 200, type: 'image/png' });
      const history = await app.send(
        { path: '/messages', query: { conversation_id: conversationId } },
        { status: 200 },
      );
      same('files', (rowsOf(history)[0]?.['message_files'] as readonly unknown[] | undefined)?.length, 1);
    },
  },
  {
    name: 'a new agent says everything at once',
    modes: ['agent'],
    only: 'b',
    run: async (app) => {
      const { events } = await answered(app, 'Tell me something. [[long:20]]');
      const names = events.map(({ event }) => event).filter((event) => event !== 'ping');
      same('the events', names, ['message', 'message_end']);
    },
  },
  one(
    'a new agent’s model that fails is an error without details',
    (app) => question(app, '[[err500]]'),
    { status: 200, end: 'failed' },
    {
      modes: ['agent'],
      only: 'b',
      needs: ['rule-model'],
    },
  ),
];

const forbidden = 'This is forbidden. [[long:5]]';
const replaced =
  '[[join:One two three four five six seven eight nine ten. Now forb|idden is said. And some more words follow.]] [[slow:60]] x';

/** Asks what a preset answers; a newer chatflow keeps the connection open behind it. */
async function preset(app: Probe, text: string): Promise<ReturnType<typeof withIds>> {
  const ask = question(app, text);
  const stream = await app.open(ask);
  await stream.until('message_end');
  const end = app.mode === 'advanced-chat' ? 'preset' : 'done';
  const got = withIds(await app.soFar(ask, { status: 200, end }, stream));
  stream.leave();
  return got;
}

/** Answers that are not the model's own. */
export const presetCases: readonly Case[] = [
  {
    name: 'a question with a word that is not said is answered with a preset',
    modes: ['chat', 'advanced-chat'],
    needs: ['moderation', 'rule-model'],
    run: async (app) => {
      holds('words', (await preset(app, forbidden)).answer !== '');
    },
  },
  {
    name: 'a question without such a word is answered',
    modes: ['chat', 'advanced-chat'],
    needs: ['moderation', 'rule-model'],
    run: async (app) => {
      await answered(app, 'Fine weather. [[long:5]]');
    },
  },
  {
    name: 'an answer with a word that is not said is replaced',
    modes: ['chat', 'advanced-chat'],
    needs: ['moderation', 'rule-model'],
    run: async (app) => {
      const { events } = await answered(app, replaced);
      const other = events.find(({ event }) => event === 'message_replace');
      holds('other words', typeof other?.['answer'] === 'string' && other['answer'] !== '');
    },
  },
  {
    name: 'an annotation answers in place of the app, and is named in the end',
    modes: ['chat', 'advanced-chat'],
    needs: ['annotations', 'rule-model'],
    run: async (app) => {
      const { answer, events } = await preset(app, 'What is your name?');
      holds('words', answer !== '');
      const end = events.find(({ event }) => event === 'message_end')?.['metadata'] as Fields | undefined;
      if (app.mode === 'chat')
        holds('its author', typeof (end?.['annotation_reply'] as Fields | null)?.['id'] === 'string');
      await answered(app, 'Something else. [[long:5]]');
    },
  },
];
