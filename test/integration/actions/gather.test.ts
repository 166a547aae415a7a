import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Recipe, Variable } from '../../../src/conversation/recipe.ts';
import { gather, type Values } from '../../../src/host/source/gather.ts';
import { readFile, readSource } from '../../../src/host/source/readSource.ts';
import type { Source } from '../../../src/host/source/source.ts';
import { closeEditors, until } from './editors.ts';

const recipe: Recipe = {
  id: 'test',
  title: 'Test',
  resultTitle: '{file}',
  instruction: '',
  targetLanguage: 'Deutsch',
  output: 'show',
  inputs: {},
  app: undefined,
};

async function values(source: Source, ...names: readonly Variable[]): Promise<readonly Values[] | undefined> {
  return await gather(new Set(names), source, recipe, new Map());
}

async function sourceAt(content: string, ...lines: readonly number[]): Promise<Source> {
  const document = await vscode.workspace.openTextDocument({ content, language: 'plaintext' });
  const editor = await vscode.window.showTextDocument(document);
  editor.selections = lines.map((line) => new vscode.Selection(line, 0, line, document.lineAt(line).text.length));
  const source = await readSource(undefined);
  assert.ok(source);
  return source;
}

describe('The values of variables', () => {
  afterEach(closeEditors);

  it('are those of each part, and the same of the whole for all', async () => {
    const lines = Array.from({ length: 60 }, (_, index) => `line ${index}`).join('\n');
    const source = await sourceAt(lines, 0, 30);
    await vscode.env.clipboard.writeText('from the clipboard');

    const found = await values(source, 'selectedText', 'surroundingText', 'fileText', 'clipboard', 'targetLanguage');

    assert.deepEqual(
      found?.map(({ selectedText }) => selectedText),
      ['line 0', 'line 30'],
    );
    assert.deepEqual(
      found?.map(({ surroundingText }) => [surroundingText?.split('\n')[0], surroundingText?.split('\n').at(-1)]),
      [
        ['line 0', 'line 20'],
        ['line 10', 'line 50'],
      ],
    );
    assert.deepEqual(
      found?.map(({ fileText, clipboard, targetLanguage }) => [fileText, clipboard, targetLanguage]),
      Array.from({ length: 2 }, () => [lines, 'from the clipboard', 'Deutsch']),
    );
  });

  it('are those of a large text, or of a part of a large file, only when the person says so', async () => {
    const { showWarningMessage } = vscode.window;
    const answers: (string | undefined)[] = ['Send All of It', undefined, 'Send the First 200 kB'];
    const told: string[] = [];
    const warn = async (sentence: string): Promise<string | undefined> => {
      told.push(sentence);
      return answers.shift();
    };
    const source = await sourceAt('x'.repeat(300 * 1024), 0);
    Object.assign(vscode.window, { showWarningMessage: warn });

    const all = await values(source, 'selectedText');
    const none = await values(source, 'selectedText');
    const cut = await values(source, 'fileText');
    Object.assign(vscode.window, { showWarningMessage });

    assert.deepEqual([all?.[0]?.selectedText?.length, none], [300 * 1024, undefined]);
    assert.equal(cut?.[0]?.fileText?.length, 200 * 1024);
    assert.match(told[0] ?? '', /^Text of .*:1 is 300 kB\.$/);
    assert.equal(told.length, 3);
  });

  it('name the file by its place in the workspace', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const source = await readFile(vscode.Uri.joinPath(folder, 'notes.md'));
    assert.ok(source);

    const found = await values(source, 'relativeFile', 'fileBasename', 'languageId');

    const { relativeFile, fileBasename, languageId } = found?.[0] ?? {};
    assert.deepEqual([relativeFile, fileBasename, languageId], ['notes.md', 'notes.md', 'markdown']);
  });

  it('tell the problems in each part, with line and source', async () => {
    const source = await sourceAt('one\ntwo\nthree', 1, 2);
    const problems = vscode.languages.createDiagnosticCollection('test');
    const problem = new vscode.Diagnostic(new vscode.Range(1, 0, 1, 3), 'No such number.');
    problem.source = 'counter';
    problems.set(source.uri, [problem]);

    const found = await values(source, 'diagnostics');

    assert.deepEqual(
      found?.map(({ diagnostics }) => diagnostics),
      ['2: No such number. (counter)', ''],
    );
    problems.dispose();
  });
});

describe('The changes of a file', () => {
  let repository: string | undefined;

  before(async function (this: Mocha.Context) {
    this.timeout(30_000);
    const git = vscode.extensions.getExtension<GitExtension>('vscode.git');
    if (git === undefined) return skip(this, 'this VS Code has no Git extension');
    repository = realpathSync(mkdtempSync(path.join(tmpdir(), 'dify-companion-git-')));
    try {
      execFileSync('git', ['--version']);
    } catch {
      return skip(this, 'Git is not installed');
    }
    const run = (...args: readonly string[]): void =>
      void execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], {
        cwd: repository,
        stdio: 'ignore',
      });
    run('init');
    writeFileSync(path.join(repository, 'notes.md'), 'The boat is red.\n');
    writeFileSync(path.join(repository, 'same.md'), 'Nothing new.\n');
    run('add', '.');
    run('commit', '-m', 'Begin');
    writeFileSync(path.join(repository, 'notes.md'), 'The boat is blue.\n');
    // The VS Code of these tests is quiet, and does not look for repositories by itself.
    await vscode.workspace.getConfiguration('git').update('enabled', true, vscode.ConfigurationTarget.Global);
    const exports = await git.activate();
    await until(() => exports.enabled);
    await exports.getAPI(1).openRepository(vscode.Uri.file(repository));
  });

  after(async () => {
    await vscode.workspace.getConfiguration('git').update('enabled', undefined, vscode.ConfigurationTarget.Global);
    if (repository !== undefined) rmSync(repository, { recursive: true, force: true });
  });

  const gitDiffOf = async (name: string, asked: Recipe = recipe): Promise<string | undefined> => {
    const source = await readFile(vscode.Uri.file(path.join(repository ?? '', name)));
    assert.ok(source);
    return (await gather(new Set(['gitDiff']), source, asked, new Map()))?.[0]?.gitDiff;
  };

  it('are those since the last commit, as the Git of VS Code tells them', async () => {
    assert.match((await gitDiffOf('notes.md')) ?? '', /-The boat is red\.\n\+The boat is blue\./);
  });

  it('are empty where there are none, unless the recipe is about them: then it does not run', async () => {
    assert.equal(await gitDiffOf('same.md'), '');
    assert.equal(await gitDiffOf('same.md', { ...recipe, instruction: 'Describe ${gitDiff}' }), undefined);
  });
});

/** What these tests use of the Git extension. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): { openRepository(root: vscode.Uri): Promise<unknown> };
}

function skip(context: Mocha.Context, reason: string): void {
  context.test?.parent?.tests.forEach((test) => (test.title += ` (skipped: ${reason})`));
  context.skip();
}
