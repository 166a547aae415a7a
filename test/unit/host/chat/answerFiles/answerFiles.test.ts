import assert from 'node:assert/strict';
import { placeOf } from '../../../../../src/conversation/answerFile.ts';
import { newRun } from '../../../../../src/conversation/run.ts';
import type { DifyFile } from '../../../../../src/dify/metadata.ts';
import { AnswerFiles } from '../../../../../src/host/chat/answerFiles/answerFiles.ts';
import { ImageChoice } from '../../../../../src/host/chat/answerFiles/imageChoice.ts';
import { CommonState } from '../../../../../src/host/commonState.ts';
import { memento, testApp } from '../../../../support/hostState.ts';
import { dot } from '../../../../support/recordedForm.ts';
import { exchangeOf } from '../../../../support/recordedRuns.ts';
import { readFile } from '../../../../../src/dify/metadata.ts';
import { objects, parseJson, isFields } from '../../../../../src/dify/json.ts';
import { bodyOf } from '../../../../support/recordings.ts';
import { answeredMessage, TurnWorld } from '../turns/turnWorld.ts';
import { Drawing } from './drawing.ts';

const png = `data:image/png;base64,${Buffer.from(dot).toString('base64')}`;
const minute = 60_000;

for (const generation of ['a', 'b'] as const) {
  describe(`Files of an answer, of Dify ${generation === 'a' ? '1.11.2' : '1.14.2'}`, () => {
    let drawing: Drawing;

    beforeEach(async () => {
      drawing = new Drawing(generation);
      await drawing.ask();
    });

    it('are fetched when the person wants it, without the key, and given to the page as bytes', async () => {
      const { files, message, place } = drawing;
      assert.deepEqual(drawing.requests, []);
      await files.show(message.key, place);
      await files.show(message.key, place);

      assert.deepEqual(drawing.told, [
        [place, { state: 'fetching', data: '', problem: '' }],
        [place, { state: 'shown', data: png, problem: '' }],
      ]);
      assert.deepEqual(
        drawing.requests.map(({ hasKey }) => hasKey),
        [false],
      );
      assert.deepEqual(files.state().fetched, { [place]: { state: 'shown', data: png, problem: '' } });
    });

    it('are asked for anew once, by the message, where the link has expired', async () => {
      drawing.later = 6 * minute;
      await drawing.files.show(drawing.message.key, drawing.place);
      assert.deepEqual(drawing.asked, ['the file', '/v1/messages', 'the file']);
      assert.deepEqual(drawing.states, ['fetching', 'shown']);

      // The new link is used from then on, as long as it lives.
      await drawing.files.save(drawing.message.key, drawing.place);
      assert.equal(drawing.asked.length, 4);
    });

    it('say that the link has expired where the message has no other, and get a fresh one when it has', async () => {
      const { message, place } = drawing;
      drawing.instead = ({ pathname }) => (pathname === place ? new Response('{}', { status: 404 }) : undefined);
      await drawing.files.show(message.key, place);
      assert.deepEqual(drawing.asked, ['the file', '/v1/messages', 'the file']);
      assert.deepEqual(drawing.states, ['fetching', 'expired']);

      drawing.instead = undefined;
      await drawing.files.refresh(message.key, place);
      assert.deepEqual(drawing.states.slice(2), ['fetching', undefined]);
    });

    it('are saved and opened under their names, and nothing is fetched for who chooses no place', async () => {
      const { files, message, place } = drawing;
      drawing.saves = false;
      await files.save(message.key, place);
      assert.deepEqual(drawing.requests, []);

      drawing.saves = true;
      await files.save(message.key, place);
      await files.open(message.key, place);
      const name = drawing.saved[0]?.[0] ?? '';
      assert.match(name, /^[0-9a-f-]+\.png$/);
      assert.deepEqual(drawing.saved, [[name, new Uint8Array(dot)]]);
      assert.deepEqual(drawing.opened, drawing.saved);
    });

    it('in its text are shown too, from the app’s own server and from nowhere else', async () => {
      const { files, message } = drawing;
      const [, address = ''] = /!\[[^\]]*\]\(([^)]+)\)/.exec(message.run.text) ?? [];
      assert.equal(placeOf(address), drawing.place);
      await files.showImage(message.key, address);
      await files.showImage(message.key, 'https://elsewhere.test/logo.png');
      await files.showImage(message.key, '/files/tools/another.png?sign=1');

      assert.deepEqual(drawing.asked, ['the file']);
      assert.deepEqual(drawing.states, ['fetching', 'shown']);
    });

    it('are forgotten when another conversation is shown, and what comes then is not told', async () => {
      const { files, message, place } = drawing;
      const showing = files.show(message.key, place);
      await drawing.window.chat.newConversation();
      await showing;

      assert.deepEqual(drawing.states, ['fetching']);
      assert.deepEqual(files.state().fetched, {});
    });

    it('are given up when the person cancels', async () => {
      const { files, message, place } = drawing;
      const showing = files.show(message.key, place);
      files.cancel(place);
      await showing;

      assert.deepEqual(drawing.states, ['fetching', undefined]);
    });
  });

  it(`A file of a workflow of ${generation} gets its fresh link from the run`, async () => {
    const world = new TurnWorld();
    const detail = exchangeOf(`${generation}/workflow/tool-file`, 1);
    const run = parseJson(bodyOf(detail).toString());
    const outputs = isFields(run) ? run['outputs'] : undefined;
    const read = typeof outputs === 'string' ? parseJson(outputs) : outputs;
    const [fields = {}] = isFields(read) ? objects(read, 'pictures') : [];
    const file = {
      ...readFile(fields),
      url: '/files/tools/x.png'.replace('x.png', placeOf(readFile(fields).url).split('/').at(-1) ?? ''),
    };
    world.conversation = {
      ...world.conversation,
      id: undefined,
      messages: [answeredMessage({ messageId: undefined, runId: 'r', files: [file] })],
    };
    const missing = exchangeOf(`${generation}/agent-chat/tool-file`, 1);
    const picture = exchangeOf(`${generation}/agent-chat/tool-file`, 2);
    assert.ok(missing.response);
    const notFound = { ...missing, response: { ...missing.response, status: 404 } };
    world.answersWith(notFound, detail, picture);
    const told: unknown[] = [];
    const files = new AnswerFiles({
      clients: world.clients,
      log: world.log,
      talk: { ...world.talk, tell: (event) => told.push(event) },
      images: new ImageChoice(new CommonState(memento())),
      language: 'en',
      window: { saveAs: () => Promise.resolve(undefined), open: () => Promise.resolve() },
    });
    await files.show('k', placeOf(file.url));

    assert.deepEqual(
      world.asked.map(({ path }) => path.replace(placeOf(file.url), 'the file')),
      ['the file', '/workflows/run/r', 'the file'],
    );
    assert.equal(files.state().fetched?.[placeOf(file.url)]?.state, 'shown');
  });
}

describe('A file of an answer', () => {
  let drawing: Drawing;

  /** The answer brought this file, and not what the app drew. */
  function brings(change: Partial<DifyFile>, text?: string): DifyFile {
    const file: DifyFile = {
      id: 'f',
      type: 'image',
      filename: 'a.png',
      mime_type: 'image/png',
      size: undefined,
      url: '/files/tools/f.png?sign=1',
      belongs_to: 'assistant',
      ...change,
    };
    const { conversation } = drawing.window;
    const messages = conversation.messages.map((message) => ({
      ...message,
      run: { ...newRun, ...message.run, text: text ?? message.run.text, files: [file] },
    }));
    Object.defineProperty(drawing.window.chat, 'conversation', {
      get: () => ({ ...conversation, messages }),
      configurable: true,
    });
    return file;
  }

  const problem = () => drawing.told.at(-1)?.[1]?.problem;

  beforeEach(async () => {
    drawing = new Drawing('b');
    await drawing.ask();
  });

  it('that names the host of the server’s own containers is fetched from the server', async () => {
    drawing = new Drawing('a', 'http://api:5001');
    await drawing.ask();
    assert.match(drawing.message.run.files[0]?.url ?? '', /^http:\/\/api:5001\//);
    await drawing.files.show(drawing.message.key, drawing.place);

    assert.equal(drawing.asked.at(-1), 'the file');
    assert.deepEqual(drawing.states, ['fetching', 'shown']);
  });

  it('is no picture because the server says so: not as SVG, not as a page', async () => {
    for (const body of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<!doctype html>', '']) {
      drawing = new Drawing('b');
      await drawing.ask();
      const { url } = brings({});
      drawing.instead = () => new Response(body, { headers: { 'content-type': 'image/png' } });
      await drawing.files.show(drawing.message.key, placeOf(url));

      assert.equal(problem(), 'This is no picture.');
    }
  });

  it('that is a sound is given to the page as one', async () => {
    const { url } = brings({ type: 'audio', mime_type: '', filename: 'a.mp3', url: '/files/tools/a.mp3?sign=1' });
    drawing.instead = () => new Response(Buffer.from('494433040000000000000000', 'hex'));
    await drawing.files.show(drawing.message.key, placeOf(url));

    assert.match(drawing.told.at(-1)?.[1]?.data ?? '', /^data:audio\/mpeg;base64,/);
  });

  it('too large to be shown is not fetched where Dify tells its size, nor to its end where not', async () => {
    const told = brings({ size: 6 * 1024 * 1024 });
    await drawing.files.show(drawing.message.key, placeOf(told.url));
    assert.equal(problem(), '6 MB is too large to be shown here. Open or save it.');
    assert.deepEqual(drawing.requests, []);

    const untold = brings({});
    let read = 0;
    drawing.instead = () =>
      new Response(
        new ReadableStream({
          pull: (controller) => {
            read++;
            controller.enqueue(new Uint8Array(1024 * 1024));
          },
        }),
      );
    await drawing.files.show(drawing.message.key, placeOf(untold.url));
    assert.equal(problem(), 'The file is too large for this.');
    assert.ok(read < 10, `${read} MB were read`);
  });

  it('elsewhere is fetched on a click, without the key, and what went wrong names that host', async () => {
    const { url } = brings({ url: 'https://elsewhere.test/a.png' });
    assert.deepEqual(drawing.requests, []);
    await drawing.files.show(drawing.message.key, placeOf(url));

    assert.ok(drawing.requests.every(({ hasKey }) => !hasKey));
    assert.match(problem() ?? '', /elsewhere\.test/);
  });

  it('is looked for in no time in a text that is made to take long', async () => {
    brings({}, '\n'.repeat(200_000) + '['.repeat(200_000));
    await drawing.files.showImage(drawing.message.key, '/files/tools/another.png?sign=1');

    assert.deepEqual(drawing.requests, []);
  });

  it('that no message has is none', async () => {
    await drawing.files.show(drawing.message.key, 'constructor');
    await drawing.files.open('another', drawing.place);

    assert.deepEqual([drawing.requests, drawing.told], [[], []]);
  });
});

describe('The choice to show pictures always', () => {
  it('is of one app, outlives the window, and of the demo does not', async () => {
    const shared = new CommonState(memento());
    const one = testApp('one');
    const demo = testApp('demo:1', { baseUrl: 'https://demo.invalid/v1' });
    await new ImageChoice(shared).set(one, true);
    const before = new ImageChoice(shared);
    await before.set(demo, true);
    assert.deepEqual(
      [one, testApp('two'), demo].map((app) => before.has(app)),
      [true, false, true],
    );

    const after = new ImageChoice(shared);
    assert.deepEqual(
      [one, demo].map((app) => after.has(app)),
      [true, false],
    );
    await after.set(one, false);
    assert.equal(before.has(one), false);
  });
});
