import type { Conversation, Message } from '../../src/conversation/conversation.ts';
import { previewOf } from '../../src/conversation/preview.ts';
import { type AppFace } from '../../src/conversation/appFace.ts';
import { emptyChat, type ChatState } from '../../src/conversation/protocol.ts';
import { newRun, type Run } from '../../src/conversation/run.ts';
import type { NodeRun, Thought, ToolCall } from '../../src/conversation/steps.ts';
import { someConversation, someMessage } from '../support/conversations.ts';

function message(key: string, query: string, run: Partial<Run>): Message {
  return someMessage({ key, query, askedAt: Date.now() - 8_000, run: { ...newRun, messageId: 'm', ...run } });
}

function conversation(...messages: Message[]): Conversation {
  return someConversation({ key: 'k1', id: 'c1', messages });
}

/** A node that succeeded at once and says nothing, but for these members. */
export function node(id: string, change: Partial<NodeRun> = {}): NodeRun {
  const empty = { error: undefined, tokens: undefined, inputs: undefined, outputs: undefined, branch: undefined };
  const place = { container: undefined, length: undefined, round: undefined, rounds: 0, retries: 0, log: [] };
  const title = id;
  return {
    id,
    nodeId: id,
    nodeType: 'code',
    title,
    status: 'succeeded',
    seconds: 0.012,
    ...empty,
    ...place,
    ...change,
  };
}

function thought(id: string, text: string, ...calls: Partial<ToolCall>[]): Thought {
  const none = { tool: 'tool', labels: {}, input: undefined, result: undefined, seconds: undefined };
  return { id, position: Number(id), text, files: [], calls: calls.map((call) => ({ ...none, ...call })) };
}

const status = (type: 'answering' | 'done'): Run['status'] => ({ type });
const usage = { latency: 11.9, totalTokens: 2140, totalPrice: undefined, currency: undefined };

const thoughts = [
  thought('1', 'Two questions: the state of an order and a price.', {
    tool: 'order_status',
    input: previewOf({ order: '4711' }),
    result: previewOf({ state: 'packed', carrier: null }),
    seconds: 0.8,
  }),
  thought('2', '', {
    tool: 'shipping_rates',
    labels: { en_US: 'Shipping rates', zh_Hans: '运费' },
    input: previewOf({ to: 'Osaka' }),
    result: previewOf({ rates: Array.from({ length: 400 }, (_, n) => ({ carrier: n, yen: 2450 })) }),
    seconds: 1.4,
  }),
  thought('3', 'Order 4711', {
    tool: 'carrier_lookup',
    result: previewOf('The tool did not answer within 30 s.'),
    seconds: 30,
  }),
];

const refund: readonly NodeRun[] = [
  node('Start', { nodeType: 'start', inputs: previewOf({ query: 'Update the three open tickets' }) }),
  node('Find the customer', { seconds: 0.4, outputs: previewOf({ customer: 'Ada' }) }),
  node('Amount over € 50?', {
    nodeType: 'if-else',
    branch: 'true',
    outputs: previewOf({ result: true }),
    seconds: 0.003,
  }),
  node('Write the notice', { nodeType: 'llm', seconds: 2.2, tokens: 618, outputs: previewOf({ text: 'Dear Ada' }) }),
  node('Send e-mail', { nodeType: 'http-request', seconds: 3.1, retries: 2, outputs: previewOf({ status_code: 200 }) }),
  node('Read the archive, which is old', {
    nodeType: 'http-request',
    status: 'exception',
    seconds: 0.3,
    error: 'Reached maximum retries (3) for URL https://archive.example.com/a/very/long/path/of/tickets',
    outputs: previewOf({ error_type: 'HTTPResponseCodeError' }),
  }),
  node('Update tickets', {
    nodeType: 'iteration',
    status: 'running',
    length: 3,
    rounds: 2,
    seconds: undefined,
    inputs: previewOf({ input_selector: [1, 2, 3] }),
  }),
  node('Read ticket 1', { container: 'Update tickets', round: 0, seconds: 0.2 }),
  node('Write ticket 1', { container: 'Update tickets', round: 0, seconds: 0.6 }),
  node('Read ticket 2', { container: 'Update tickets', round: 1, seconds: 0.2 }),
  node('Write ticket 2', {
    container: 'Update tickets',
    round: 1,
    seconds: 1.1,
    status: 'failed',
    error: '409: the ticket was changed by someone else.',
  }),
  node('Ask the agent', {
    nodeType: 'agent',
    status: 'running',
    seconds: undefined,
    log: [
      { id: 'r1', parent: undefined, label: 'ROUND 1', status: 'success', error: undefined, data: undefined },
      {
        id: 'r1t',
        parent: 'r1',
        label: 'gpt Thought',
        status: 'success',
        error: undefined,
        data: previewOf({ output: 'I look.' }),
      },
      { id: 'r1c', parent: 'r1', label: 'CALL search', status: 'error', error: 'No such index', data: undefined },
      { id: 'r2', parent: undefined, label: 'ROUND 2', status: 'start', error: undefined, data: undefined },
    ],
  }),
];

const ended = refund.map((one) => (one.status === 'running' ? { ...one, status: 'succeeded', seconds: 1.8 } : one));

/** The messages that have the agent's tools and the workflow's steps. */
export const stepsStates = (face: AppFace): Readonly<Record<string, () => ChatState>> => ({
  tools: () => ({
    ...emptyChat,
    app: { ...face, toolIcons: { order_status: '📦' } },
    conversation: conversation(
      message('1', 'Where is order 4711, and what does shipping to Osaka cost?', {
        thoughts,
        text: 'Order 4711 is **packed** and waits for the carrier.',
        reasoning: 'Two questions.',
        status: status('done'),
        usage,
      }),
      message('2', 'And order 4712?', {
        thoughts: [
          ...thoughts,
          thought('4', '', { tool: 'order_status', result: previewOf('lost'), seconds: 0.2 }),
          thought('5', '', { tool: 'carrier_lookup', input: previewOf({ order: '4712' }) }),
        ],
      }),
    ),
  }),
  workflow: () => ({
    ...emptyChat,
    app: { ...face, mode: 'advanced-chat' },
    conversation: conversation(
      message('1', 'Prepare the refund', {
        nodes: ended,
        text: 'The refund of **€ 84.90** is ready. Shall I notify the customer?',
        status: status('done'),
        usage,
      }),
      message('2', 'Yes, and update the three open tickets', { nodes: refund }),
    ),
  }),
  'workflow-hidden': () => ({
    ...emptyChat,
    app: { ...face, mode: 'advanced-chat', showsSteps: false },
    conversation: conversation(
      message('1', 'Prepare the refund', { nodes: ended, text: 'The refund is ready.', status: status('done'), usage }),
      message('2', 'Yes, and update the three open tickets', { nodes: refund }),
    ),
  }),
});

/** What the pictures of these states show beside. */
export async function openSteps(page: { locator(selector: string): StepLocator }, name: string): Promise<void> {
  if (name === 'tools') {
    await page.locator('.fold > summary').nth(0).click();
    await page.locator('.fold > summary').nth(1).click();
  }
  if (name === 'workflow') {
    await page.locator('.turn.last button.node').nth(0).click();
    await page.locator('.turn.last button.node').nth(3).click();
  }
}

interface StepLocator {
  nth(index: number): { click(): Promise<void> };
}
