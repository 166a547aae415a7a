import assert from 'node:assert/strict';
import { someQuestion } from '../support/conversations.ts';
import type { ChatPage } from './chatPage.ts';
import { freshPage } from './freshPage.ts';
import { conversation, done, message, state } from './states.ts';

const answer = (text: string) => state({ conversation: conversation(message('1', 'Q', { text, status: done })) });
const grows = (text: string) =>
  state({ conversation: conversation(message('1', 'Q', { text, status: { type: 'answering' }, stoppable: true })) });

const form = (format: string): string => `<form data-format="${format}">
  <label for="name">Your name</label>
  <input type="text" name="name" />

  <label for="light">Light</label>
  <input type="select" name="light" data-options='["green", "red"]' />
  <label for="day">Day</label><input type="date" name="day">
  <input type="checkbox" name="restart" data-tip="Restart it" />
  <input type="hidden" name="ticket" value="4711" />
  <input type="password" name="secret" />
  <textarea name="more" placeholder="More"></textarea>
  <button data-variant="primary">Send it</button>
</form>`;

describe('HTML of an answer that Dify’s own page draws', () => {
  let chat: ChatPage;
  freshPage((page) => (chat = page));

  const button = (name: string) => chat.page.getByRole('button', { name, exact: true });
  const sent = async () => (await chat.posted('send')).map(({ query }) => query);
  const append = (text: string) => chat.events({ type: 'run', key: '1', event: { type: 'textAppended', text } });

  it('a button asks what it holds, to the letter and once, however fast it is pressed', async () => {
    await chat.snapshot(answer('<button data-message="Reset &quot;X&quot;,\u200B now ">Reset</button>'));
    assert.equal(await button('Reset').getAttribute('title'), 'Asks: Reset "X",[U+200B] now ');
    await button('Reset').dblclick();

    assert.deepEqual(await sent(), ['Reset "X",\u200B now ']);
  });

  it('a script that presses it asks nothing', async () => {
    await chat.snapshot(answer(`<button data-message="pwn">Go</button>\n\n${form('text')}`));
    await chat.page.evaluate(() => {
      for (const one of document.querySelectorAll<HTMLButtonElement>('.md button')) one.click();
    });

    assert.deepEqual(await sent(), []);
  });

  it('a button that leads to an address opens it, and asks nothing; where it may not, it asks', async () => {
    const buttons = [
      '<button data-link="https://example.com/x" data-message="m">There</button>',
      '<button data-link="file:///etc/passwd" data-message="m">Here</button>',
    ];
    await chat.snapshot(answer(buttons.join('\n')));
    await button('There').click();
    await button('Here').click();

    assert.deepEqual(
      (await chat.posted('openLink')).map(({ href }) => href),
      ['https://example.com/x'],
    );
    assert.deepEqual(await sent(), ['m']);
  });

  for (const [format, empty, filled] of [
    [
      'json',
      '{"restart":false,"ticket":"4711"}',
      '{"name":"Ada","light":"red","day":"2026-11-22","restart":true,"ticket":"4711","more":"a\\nb"}',
    ],
    [
      'text',
      'name: \nlight: \nday: \nrestart: false\nticket: 4711\nmore: ',
      'name: Ada\nlight: red\nday: 2026-11-22\nrestart: true\nticket: 4711\nmore: a\nb',
    ],
  ] as const) {
    it(`a form sends what was filled in as Dify’s own page does: ${format}`, async () => {
      await chat.snapshot(answer(form(format)));
      await button('Send it').click();
      await chat.page.getByLabel('Your name').fill('Ada');
      await chat.page.getByLabel('Light').selectOption('red');
      await chat.page.getByLabel('Day').fill('2026-11-22');
      await chat.page.getByLabel('Restart it').check();
      await chat.page.getByPlaceholder('More').fill('a\nb');
      await button('Send it').click();

      assert.deepEqual(await sent(), [empty, filled]);
      assert.equal(await chat.page.locator('input[type=password]').count(), 0);
      assert.equal(await chat.text('.answer-form .hint'), 'secret: a password is not sent in a chat.');
    });
  }

  it('Enter in a field sends nothing, and goes nowhere', async () => {
    await chat.snapshot(answer(form('text')));
    await chat.page.getByLabel('Your name').press('Enter');

    assert.deepEqual(await sent(), []);
  });

  it('the answer to what a form sent is followed, with the focus still at its button', async () => {
    await chat.snapshot(answer(`${'A line.\n\n'.repeat(20)}${form('json')}`));
    await chat.page.locator('.answer-form button').click();
    await chat.events(someQuestion({ key: '2', query: '{}' }));
    await chat.events({ type: 'run', key: '2', event: { type: 'textAppended', text: 'A line.\n\n'.repeat(20) } });

    const below = (): Promise<number> =>
      chat.page.locator('.transcript').evaluate((scroller) => {
        return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
      });
    assert.ok((await below()) <= 1, `${await below()} px`);
  });

  it('shows nothing of a form or a button until it is whole', async () => {
    await chat.snapshot(grows('Choose:\n\n'));
    const whole = `<button data-message="a">A</button>\n\n${form('json')}\n\nEnd.`;
    const seen = new Set<string>();
    for (const piece of whole.match(/[^]{1,7}/g) ?? []) {
      await append(piece);
      seen.add(await chat.text('[data-key] .md'));
    }

    assert.deepEqual(
      [...seen].filter((text) => /[<>=]|data|input/.test(text)),
      [],
    );
    assert.ok(seen.has('Choose:A'));
    assert.equal(await chat.page.locator('.answer-form').count(), 1);
  });

  it('keeps what was entered, and which folds are open, while the answer goes on', async () => {
    await chat.snapshot(grows(`${form('text')}\n`));
    await chat.page.getByLabel('Your name').fill('Ada');
    await append('\nMore, ');
    await append('and more.\n\n<details>\n<summary>Why</summary>\n\nBecause\n\n</details>\n');
    await chat.page.getByText('Why').click();
    await append('\nmore');
    assert.equal(await chat.page.getByLabel('Your name').inputValue(), 'Ada');
    assert.ok(await chat.page.getByText('Because').isVisible());
    await append('.\n\nEnd');
    await chat.events({ type: 'run', key: '1', event: { type: 'answered', usage: undefined } });

    assert.equal(await chat.page.getByLabel('Your name').inputValue(), 'Ada');
    assert.ok(await chat.page.getByText('Because').isVisible());
  });

  it('a fold is open while it is written, and closed when it is over', async () => {
    await chat.snapshot(grows('<details>\n<summary>Why</summary>\n\nBecause'));
    assert.ok(await chat.page.getByText('Because').isVisible());
    await append('\n</details>\n\nEnd');

    assert.equal(await chat.page.getByText('Because').isVisible(), false);
    assert.ok(await chat.page.getByText('End', { exact: true }).isVisible());
  });

  it('the fold in which old servers wrote thoughts is thinking', async () => {
    await chat.snapshot(
      answer('<details style="color:gray" open> <summary> Thinking... </summary>\nHm.\n</details>\n\nYes.'),
    );

    assert.equal(await chat.text('.process'), 'ThoughtHm.');
    assert.equal(await chat.text('[data-key] .md'), 'Yes.');
  });

  it('a diagram is code that VS Code’s preview may draw', async () => {
    await chat.snapshot(answer('```mermaid\ngraph TD\n```\n\n```echarts\n{ "a": 1 }\n```'));
    await button('Open in Markdown Preview').click();

    assert.deepEqual(
      (await chat.posted('code')).map(({ what, code, language }) => [what, code, language]),
      [['preview', 'graph TD', 'mermaid']],
    );
    assert.equal(await chat.text('.code:last-child .lang'), 'ECharts');
    await chat.page.evaluate(() => globalThis.host.settled());
    assert.equal(await chat.text('.code .hljs-attr'), '"a"');
  });

  it('sound and moving pictures are opened by a click, and never loaded', async () => {
    await chat.snapshot(answer('<audio controls src="https://cdn.example.com/a.mp3"></audio>'));
    await button('Open').click();

    assert.deepEqual(
      (await chat.posted('openLink')).map(({ href }) => href),
      ['https://cdn.example.com/a.mp3'],
    );
  });
});
