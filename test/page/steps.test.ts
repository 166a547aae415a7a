import assert from 'node:assert/strict';
import type { RunEvent } from '../../src/conversation/run.ts';
import type { NodeRun } from '../../src/conversation/steps.ts';
import { someQuestion } from '../support/conversations.ts';
import { replayedRun } from '../support/recordedRuns.ts';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { app, conversation, message, state } from './states.ts';
import { node, stepsStates } from './stepsStates.ts';

describe('The steps of an answer', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));

  const tell = (...events: readonly RunEvent[]) =>
    chat.events(...events.map((event) => ({ type: 'run', key: 'k', event }) as const));
  const button = (name: RegExp) => chat.page.getByRole('button', { name });
  const tree = () => chat.page.getByRole('list', { name: 'Workflow steps' });

  /** Asks in the page, and lets it have the recorded answer but for its end. @returns the end */
  async function replay(name: string): Promise<RunEvent> {
    const { events } = await replayedRun(name, 0);
    const [told = []] = events;
    const end = told.at(-1);
    assert.ok(end !== undefined);
    await chat.snapshot(state());
    await chat.events(someQuestion({ key: 'k', query: 'q', askedAt: Date.now() }));
    await tell(...told.slice(0, -1));
    return end;
  }

  /** Opens all that opens, and says what is there then: state, title, tags and error of each step, indented. */
  async function outline(): Promise<string> {
    return await chat.page.evaluate(async () => {
      const closed = '.process :is(button.node[aria-expanded="false"], .fold:not([open]) > summary)';
      for (let next = document.querySelector<HTMLElement>(closed); next; next = document.querySelector(closed)) {
        next.click();
        await new Promise((resolve) => setTimeout(resolve));
      }
      const textOf = (line: Element): string =>
        [...line.querySelectorAll('[role="img"], .cut, .tag')]
          .map((part) => part.ariaLabel ?? part.textContent)
          .join(' | ');
      return [...document.querySelectorAll('.process :is(.node, summary, .node-error, .said)')]
        .map((line) => {
          let depth = 0;
          for (let at = line.parentElement; at; at = at.parentElement) if (at.matches('ul, .fold-body')) depth++;
          return '  '.repeat(depth) + (line.matches('.node, summary') ? textOf(line) : `! ${line.textContent?.trim()}`);
        })
        .join('\n');
    });
  }

  const recorded: readonly (readonly [name: string, outline: string])[] = [
    [
      'advanced-chat/parallel',
      `Done | Ran 6 steps
    Done | Start
    Branch | Branch | parallel
    Done | Left
    Done | Right
    Done | Join
    Done | Answer`,
    ],
    [
      'advanced-chat/node-retry',
      `Done | Ran 4 steps
    Done | Start
    Branch | Branch | retry
    Done after retries | Flaky HTTP | Retried 2×
    Done | Answer`,
    ],
    [
      'advanced-chat/loop',
      `Done | Ran 4 steps
    Done | Start
    Branch | Branch | loop
    Done | Three rounds | 3 rounds
      Done | Round 1
        Done | Add one
      Done | Round 2
        Done | Add one
      Done | Round 3
        Done | Add one
    Done | Answer`,
    ],
    [
      'advanced-chat/iteration-failure',
      `Failed | Ran 4 steps
    Done | Start
    Branch | Branch | iterfail
    Done | Items
    Failed | Failing items | 1 round
      Failed | Item code
      ! error: ValueError: item alpha`,
    ],
    [
      'advanced-chat/default-value',
      `Done | Ran 4 steps
    Done | Start
    Branch | Branch | default
    Failed, the app went on | Code with default
    ! error: ValueError: boom
    Done | Answer`,
    ],
    [
      'advanced-chat/agent-node-rounds',
      `Done | Ran 3 steps
    Done | Start
    Done | Agent
      Done | ROUND 1
        Done | fake-model Thought
        Done | CALL current_time
      Done | ROUND 2
        Done | fake-model Thought
        Done | CALL current_time
      Done | ROUND 3
        Done | fake-model Thought
    Done | Answer`,
    ],
    ['agent-chat/one-tool', 'Done | Used Current Time'],
    ['agent-chat/tool-json', 'Done | Used lookup'],
    [
      'agent-chat/too-many-rounds',
      `Done | 3 earlier steps
  Done | Used Current Time
  Done | Used Current Time
  Done | Used Current Time
Done | Used Current Time
Done | Used Current Time`,
    ],
  ];
  for (const generation of ['a', 'b'])
    for (const [name, expected] of recorded)
      it(`are those that the server told: ${generation}/${name}`, async () => {
        await tell(await replay(`${generation}/${name}`));

        assert.equal(await outline(), expected);
      });

  it('are stopped with the run', async () => {
    await tell(await replay('b/advanced-chat/stop-in-slow-node'));

    assert.match(await outline(), /^Stopped \| Ran 3 steps[^]*Stopped \| Slow HTTP$/);
  });

  it('are not needed to see what a model thought beside its answer', async () => {
    await tell(await replay('b/special/reasoning-chatflow'));

    assert.equal(await chat.text('.thought'), 'The user wants a test.\nI will answer briefly.');
    assert.equal(await chat.page.locator('.fold[open]').count(), 0);
  });

  it('show a thought that grows beside the answer, until the answer begins', async () => {
    const thought = () => chat.page.locator('.fold', { has: chat.page.locator('.thought') });
    await chat.snapshot({ ...state(), conversation: conversation(message('k', 'q', { messageId: 'm' })) });
    await tell({ type: 'reasoned', text: 'The user' });
    await tell({ type: 'reasoned', text: ' wants a test.' });
    assert.equal(await thought().getAttribute('open'), '');
    assert.equal(await chat.text('.thought'), 'The user wants a test.');

    await tell({ type: 'textAppended', text: 'Yes.' });
    assert.equal(await thought().getAttribute('open'), null);
    await tell({ type: 'reasoned', text: '\n\nMore.' }, { type: 'answered', usage: undefined });
    assert.equal(await thought().count(), 1);
    assert.match((await chat.page.locator('.thought').textContent()) ?? '', /test\.\n\nMore\.$/);
    assert.equal(await chat.text('.answer-body .md'), 'Yes.');
  });

  it('are open while they run, fold when the answer is there, and stay as the reader left them', async () => {
    const end = await replay('a/advanced-chat/loop');
    assert.equal(await tree().isVisible(), true);
    assert.match(await chat.text('summary'), /^Step 4: Answer/);
    await tell(end);
    assert.equal(await tree().count(), 0);

    const again = await replay('b/advanced-chat/node-retry');
    await chat.page.locator('summary').click();
    await chat.page.locator('summary').click();
    await button(/Flaky HTTP/).click();
    await tell(again);
    assert.equal(await tree().isVisible(), true);
    assert.equal(await button(/Flaky HTTP/).getAttribute('aria-expanded'), 'true');
    assert.match(await chat.text('.kv'), /Output.*"status_code": 200/s);
  });

  it('are open where one failed', async () => {
    await tell(await replay('b/advanced-chat/iteration-failure'));

    assert.equal(await chat.page.getByText('error: ValueError: item alpha').first().isVisible(), true);
  });

  it('say where the run is, and how far an iteration is', async () => {
    await chat.snapshot(stepsStates(app)['workflow']?.() ?? state());

    assert.match(await chat.text('.turn.last summary'), /^Step 8: Ask the agent/);
    assert.match((await button(/Update tickets/).textContent()) ?? '', /2 of 3/);
    assert.equal(await button(/Round 1/).getAttribute('aria-expanded'), 'false');
    assert.equal(await button(/Round 2/).getAttribute('aria-expanded'), 'true');
  });

  it('are one line without names where the owner hides them', async () => {
    await chat.snapshot(stepsStates(app)['workflow-hidden']?.() ?? state());

    assert.deepEqual(await chat.page.locator('.process .cut').allTextContents(), ['Ran 8 steps', 'Step 8']);
    assert.equal(await chat.page.locator('.process :is(summary, button)').count(), 0);
  });

  it('give a short value to the clipboard, and ask the editor’s side for a long one', async () => {
    await chat.snapshot(stepsStates(app)['tools']?.() ?? state());
    await chat.page.locator('summary', { hasText: 'Shipping rates' }).first().click();
    await button(/^Copy \(Input\)/).click();
    await button(/^Copy \(Result\)/).click();
    await button(/^Open in an editor \(Result\)/).click();

    assert.deepEqual(await chat.posted('copy'), [{ type: 'copy', text: '{\n  "to": "Osaka"\n}' }]);
    const asked = { type: 'openValue', key: '1', step: '2', call: 0, what: 'output' } as const;
    assert.deepEqual(await chat.posted('openValue'), [
      { ...asked, how: 'copy' },
      { ...asked, how: 'open' },
    ]);
    assert.match(await chat.text('.value-cut'), /^The first 2,000 of about 2\d,\d{3} characters$/);
  });

  it('are not touched by the words of the answer, however many steps there are', async () => {
    const rounds = Array.from({ length: 500 }, (_, round) => [
      node(`read ${round}`, { container: 'all', round }),
      node(`write ${round}`, { container: 'all', round }),
    ]);
    const all = node('all', { nodeType: 'iteration', status: 'running', rounds: 500, length: 500, seconds: undefined });
    const nodes = [all, ...rounds.flat()];
    await chat.snapshot({ ...state(), conversation: conversation(message('k', 'q', { messageId: 'm', nodes })) });
    assert.equal(await button(/Round/).count(), 500);
    // Drawing the rounds groups their nodes.
    await chat.page.evaluate(() => {
      const groupBy = Map.groupBy.bind(Map);
      document.body.dataset['drawn'] = '0';
      Map.groupBy = (items, key) => {
        document.body.dataset['drawn'] = `${Number(document.body.dataset['drawn']) + 1}`;
        return groupBy(items, key);
      };
    });
    const drawn = () => chat.page.evaluate(() => document.body.dataset['drawn']);
    for (let n = 0; n < 20; n++) await tell({ type: 'textAppended', text: `word ${n} ` });
    // Once, as it is answering now.
    assert.equal(await drawn(), '1');

    await tell({ type: 'nodeStarted', node: node('next') });
    assert.equal(await drawn(), '2');
  });

  it('are shown of whatever a newer server tells', async () => {
    const odd: readonly Partial<NodeRun>[] = [
      { status: 'asleep', title: '', nodeType: '' },
      { container: 'odd 1', branch: '8d0b9a52-1f6e-4b3c-9a4e-1c2d3e4f5a6b' },
      { container: 'odd 3' },
      { container: 'odd 2' },
      { container: 'nowhere', round: -1, seconds: -5, tokens: Number.MAX_VALUE },
      { branch: ' ', retries: -1, length: 0, rounds: 3, status: 'running' },
    ];
    const nodes = odd.map((change, n) => node(`odd ${n}`, change));
    const call = { tool: '__proto__', labels: { en_US: 7 }, input: undefined, result: undefined, seconds: Number.NaN };
    const thoughts = [{ id: '', position: 0, text: 'I think', files: [], calls: [call, call] }];
    await chat.snapshot({
      ...state(),
      conversation: conversation(message('k', 'q', { messageId: 'm', nodes, thoughts })),
    });

    assert.match(await outline(), /I think[^]*Using __proto__[^]*asleep \| …/);
  });
});
