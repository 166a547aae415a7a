import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Message } from '../../src/conversation/conversation.ts';
import type { InputControl } from '../../src/conversation/inputForm.ts';
import type { ChatState } from '../../src/conversation/protocol.ts';
import { Browser, type ChatPage } from './chatPage.ts';
import { messageFromWire, messagesFromRuns } from './randomMessages.ts';
import { app, conversation, done, message, state } from './states.ts';

// FUZZ_SEED=7 takes other cases, FUZZ_TIMES=10 ten times as many.
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_123);
const times = Number(process.env['FUZZ_TIMES'] ?? 1);
/** Answers that are shown at once. */
const atOnce = 100;

const types = [
  'text-input',
  'paragraph',
  'select',
  'number',
  'checkbox',
  'file',
  'file-list',
  'json_object',
  'hologram',
  '',
];
const control: fc.Arbitrary<InputControl> = fc.record({
  type: fc.constantFrom(...types),
  variable: fc.string(),
  label: fc.string(),
  hint: fc.option(fc.string(), { nil: undefined }),
  required: fc.boolean(),
  initial: fc.oneof(fc.string(), fc.constantFrom('true', '{"a":', '1e999')),
  options: fc.array(fc.string(), { maxLength: 3 }),
  maxLength: fc.option(fc.constantFrom(0, -1, 1e308, 5), { nil: undefined }),
  files: fc.constant(undefined),
  jsonSchema: fc.option(fc.dictionary(fc.string(), fc.jsonValue()), { nil: undefined }),
  hidden: fc.boolean(),
});
const form = fc.record({
  mode: fc.constantFrom('chat', 'agent', 'workflow', 'advanced-chat', 'completion', 'telepathy', '', '__proto__'),
  controls: fc.array(control, { maxLength: 6 }),
});

describe(`Whatever a newer server may send (seed ${seed})`, function () {
  this.timeout(120_000 * times);
  let browser: Browser;
  let chat: ChatPage;
  before(async () => {
    browser = await Browser.start();
    chat = await browser.open({ width: 760 });
  });
  after(() => browser.close());

  /** Shows the answers with everything opened, and then an ordinary one. @returns what went wrong */
  async function show(messages: readonly Message[], change: Partial<ChatState> = {}): Promise<string> {
    const keyed = messages.map((one, index) => ({ ...one, key: `k${index}` }));
    const shown = state({ app: { ...app, openingStatement: '' }, conversation: conversation(...keyed), ...change });
    const ordinary = message('last', 'And now?', { text: 'An **ordinary** answer.', status: done });
    return chat.page.evaluate(
      async ([json, next]) => {
        const { host } = globalThis;
        const base = JSON.parse(json) as ChatState;
        host.send({ type: 'snapshot', seq: 0, state: base });
        await host.unfold();
        const answers = document.querySelectorAll('.turn.answer').length;
        const { query, typed, contexts, files, inputs, askedAt, again, run } = next;
        const asked = { query, typed, contexts, files, inputs, askedAt, again, replaces: undefined };
        const events = [
          { type: 'asked', key: 'last', ...asked },
          { type: 'run', key: 'last', event: { type: 'textAppended', text: run.text } },
          { type: 'run', key: 'last', event: { type: 'answered', usage: undefined } },
        ] as const;
        host.send({ type: 'events', seq: 1, events });
        await host.settled();
        const text = document.querySelector('[data-key=last].answer strong')?.textContent ?? 'nothing';
        const isShown = text === 'ordinary' && answers >= base.conversation.messages.length;
        const faults = [...host.errors.splice(0), ...host.refused.splice(0)];
        return [...(isShown ? [] : [`${answers} answers, then ${text}`]), ...faults].join('\n');
      },
      // As text: what is nested deep takes a test long to hand over, and VS Code no time.
      [JSON.stringify(shown), ordinary] as const,
    );
  }

  /** Shows cases together, and one by one if that went wrong, to tell which. */
  async function assertShown(cases: readonly (() => Promise<Message>)[]): Promise<void> {
    for (let from = 0; from < cases.length; from += atOnce) {
      const batch = await Promise.all(cases.slice(from, from + atOnce).map((make) => make()));
      const fault = await show(batch);
      if (fault === '') continue;
      for (const one of batch) {
        await chat.page.reload();
        assert.equal(await show([one]), '', JSON.stringify(one));
      }
      assert.fail(`${fault}: only together, cases ${from} to ${from + atOnce}`);
    }
  }

  it('is shown, or left out, and the next answer is shown as ever', async () => {
    await assertShown(fc.sample(messageFromWire, { seed, numRuns: 6000 * times }));
  });

  it('is shown, whatever stands where in what is kept of an answer', async () => {
    await assertShown(fc.sample(await messagesFromRuns(), { seed, numRuns: 6000 * times }));
  });

  it('is a form all the same, with controls and modes that nobody knows', async () => {
    for (const { mode, controls } of fc.sample(form, { seed, numRuns: 100 * times })) {
      const fault = await show([], { app: { ...app, mode, form: controls } });
      assert.equal(fault, '', JSON.stringify({ mode, controls }));
    }
  });
});
