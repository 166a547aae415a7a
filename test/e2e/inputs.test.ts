import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { parameters, type App } from '../../src/demo/apps.ts';
import { startDifyServer, type RunningDifyServer } from '../dify-server/serve.ts';
import { openSession, type Session } from './session.ts';
import { until } from './until.ts';
import { openFile, selectLines } from './workbench/editor.ts';
import { notification, letSend } from './workbench/notifications.ts';
import {
  closeQuickInput,
  fillInput,
  pick,
  quickInput,
  quickInputWords,
  quickRows,
  runCommand,
} from './workbench/palette.ts';
import { mod, shot } from './workbench/workbench.ts';

const files = {
  allowed_file_types: ['document', 'image'],
  allowed_file_extensions: [],
  allowed_file_upload_methods: ['local_file', 'remote_url'],
};

/** Asks for everything there is to ask for. */
const asking: App = {
  key: 'app-AskingForEverything00001',
  name: 'Asking',
  mode: 'completion',
  description: '',
  authorName: null,
  site: { icon: 'A', iconBackground: '#FFF', description: null, disclaimer: '' },
  parameters: parameters({
    user_input_form: [
      { paragraph: { label: 'Text', variable: 'text', required: true, max_length: 200 } },
      { 'text-input': { label: 'Topic', variable: 'topic', required: true, max_length: 12 } },
      { paragraph: { label: 'Points, one a line', variable: 'points', required: true, max_length: 100 } },
      { select: { label: 'Kind', variable: 'kind', required: true, options: ['Note', 'Mail', 'Report'] } },
      { number: { label: 'Points at most', variable: 'count', required: true } },
      { json_object: { label: 'Facts', variable: 'facts', required: true } },
      { file: { label: 'Source', variable: 'source', required: true, ...files } },
      { 'file-list': { label: 'Attachments', variable: 'attachments', required: true, max_length: 3, ...files } },
      { checkbox: { label: 'With a greeting', variable: 'greeting', required: false, default: false } },
      { select: { label: 'Tone', variable: 'tone', required: false, options: ['calm', 'lively'] } },
    ],
  }),
  promptOf: () => '',
  answer: () => ['Done.'],
};

describe('The inputs of an app', () => {
  let dify: RunningDifyServer;
  let own: Session;
  let page: Page;

  before(async () => {
    dify = await startDifyServer({ apps: [asking] });
    own = await openSession();
    page = own.page;
    page.setDefaultTimeout(20_000);
    await runCommand(page, 'Dify: Connect App');
    await fillInput(page, /Address/, dify.baseUrl);
    await fillInput(page, /API Key/, asking.key);
    await quickInputWords(page, /is connected/).waitFor();
    await closeQuickInput(page);
  });

  after(async () => {
    await own?.close();
    await dify?.close();
  });

  afterEach(async function (this: Mocha.Context) {
    if (this.currentTest?.state === 'failed') await shot(page, 'inputs-broken');
  });

  const sent = (): readonly Readonly<Record<string, unknown>>[] =>
    dify.log
      .filter(({ path }) => path === '/v1/completion-messages')
      .map(({ body }) => (body as { inputs: Readonly<Record<string, unknown>> }).inputs);
  const step = async (words: RegExp, when: string, name: string): Promise<void> => {
    await quickInputWords(page, words).first().waitFor();
    await shot(page, `inputs-${name}-${when}`);
  };

  it('are asked for step by step, each with the box of its kind', async () => {
    await openFile(page, 'notes.md');
    await selectLines(page, 1, 1);
    await runCommand(page, 'Dify: Summarize');
    await pick(page, /Asking/);
    await letSend(page);

    await quickInputWords(page, /\(1\/7\): Topic/).waitFor();
    await quickInput(page).fill('A topic that is long');
    await step(/Too long by 8 characters/, 'first', 'line');
    await fillInput(page, /Topic/, 'Boats');
    await quickInputWords(page, /\(2\/7\): Points/).waitFor();
    await step(/Points/, 'first', 'paragraph');
    await page.locator('.quick-input-titlebar .codicon-edit').click();
    await notification(page, /save it and close/);
    await page.locator('.tab.active', { hasText: 'Points' }).waitFor();
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await page.keyboard.type('three boats\nsix weeks');
    await shot(page, 'inputs-editor-dark');
    await page.keyboard.press(`${mod}+s`);
    await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    await runCommand(page, 'View: Close Editor');

    await step(/\(3\/7\): Kind/, 'first', 'select');
    await page.locator('.quick-input-titlebar .codicon-quick-input-back').click();
    await quickRows(page, /Use This Text.*2 lines/).waitFor();
    await step(/\(2\/7\)/, 'first', 'lines');
    await pick(page, 'Use This Text');
    await pick(page, 'Mail');
    await quickInputWords(page, /\(4\/7\): Points at most/).waitFor();
    await quickInput(page).fill('twelve');
    await step(/Enter a number, for example 12/, 'first', 'number');
    await fillInput(page, /Points at most/, '12');
    await quickInputWords(page, /\(5\/7\): Facts/).waitFor();
    await quickInput(page).fill('{"a" 1}');
    await step(/Line 1: a colon is missing before 1/, 'first', 'json');
    await fillInput(page, /Facts/, '{"a": 1}');
  });

  it('take files of the workspace and addresses of the web', async () => {
    await step(/\(6\/7\): Source/, 'first', 'file');
    await pick(page, 'Choose from the Workspace…');
    await quickRows(page, 'notes.md').first().waitFor();
    await shot(page, 'inputs-workspace-dark');
    await pick(page, 'notes.md');
    await quickInputWords(page, /\(7\/7\): Attachments/).waitFor();
    await pick(page, 'Enter an Address…');
    await fillInput(page, /Attachments/, 'https://example.org/plan.pdf');
    await quickRows(page, /Use This File/).waitFor();
    await step(/\(7\/7\)/, 'first', 'files');
  });

  it('can all be seen and changed before they are sent', async () => {
    await page.locator('.quick-input-titlebar .codicon-list-unordered').click();
    await step(/All Fields/, 'first', 'all');
    await pick(page, 'Tone');
    await quickRows(page, 'Not set').waitFor();
    await shot(page, 'inputs-optional-dark');
    await pick(page, 'lively');
    await pick(page, 'With a greeting');
    await quickRows(page, 'Yes').waitFor();
    await shot(page, 'inputs-checkbox-dark');
    await pick(page, 'Yes');
    await quickRows(page, /Tone.*lively/).waitFor();
    await pick(page, 'Run');

    await until(() => sent().length === 1);
    const [inputs] = sent();
    assert.equal(inputs?.['points'], 'three boats\nsix weeks');
    assert.deepEqual(
      [inputs['topic'], inputs['kind'], inputs['count'], inputs['facts'], inputs['greeting'], inputs['tone']],
      ['Boats', 'Mail', 12, { a: 1 }, true, 'lively'],
    );
    assert.deepEqual(inputs['attachments'], [
      { type: 'document', transfer_method: 'remote_url', url: 'https://example.org/plan.pdf' },
    ]);
    assert.match(JSON.stringify(inputs['source']), /"transfer_method":"local_file","upload_file_id":"[\da-f-]+"/);
    assert.equal(dify.log.filter(({ path }) => path === '/v1/files/upload').length, 1);
  });

  it('are remembered but for files', async () => {
    await openFile(page, 'notes.md');
    await selectLines(page, 1, 1);
    await runCommand(page, 'Dify: Summarize');

    await step(/\(1\/7\): Topic/, 'again', 'line');
    assert.equal(await quickInput(page).inputValue(), 'Boats');
    await quickInput(page).press('Enter');
    await quickRows(page, /Use This Text.*2 lines/).waitFor();
    await step(/Points/, 'again', 'lines');
    await pick(page, 'Use This Text');
    await quickRows(page, /Mail.*last time/).waitFor();
    await step(/Kind/, 'again', 'select');
    await pick(page, 'Mail');
    await fillInput(page, /Points at most/, '12');
    await step(/Facts/, 'again', 'json');
    await quickInput(page).press('Escape');
  });

  it('say what can be done with a text that is too long', async () => {
    await openFile(page, 'notes.md');
    await selectLines(page, 1, 9);
    await runCommand(page, 'Dify: Summarize');

    await quickRows(page, /Send the First 200 Characters/).waitFor();
    await shot(page, 'inputs-too-long-light');
    assert.equal(sent().length, 1);
  });
});
