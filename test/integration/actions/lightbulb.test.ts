import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { offerLightbulb } from '../../../src/host/actions/lightbulb.ts';
import type { App } from '../../../src/host/app.ts';

const app: App = {
  id: 'one',
  baseUrl: 'https://dify.invalid/v1',
  name: 'Reviewer',
  mode: 'completion',
  description: '',
  emoji: '',
  version: '',
};

describe('The light bulb', () => {
  const problems = vscode.languages.createDiagnosticCollection('test');
  let document: vscode.TextDocument;
  let bound: readonly string[] = [];
  let registered: vscode.Disposable;

  before(async () => {
    registered = offerLightbulb({ boundTo: (recipe) => (bound.includes(recipe) ? app : undefined) });
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder, 'numbers.txt');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('one\n  tow\nthree'));
    document = await vscode.workspace.openTextDocument(file);
    problems.set(document.uri, [new vscode.Diagnostic(new vscode.Range(1, 2, 1, 5), 'No such number.')]);
  });

  after(async () => {
    registered.dispose();
    problems.dispose();
    await vscode.workspace.fs.delete(document.uri);
    await settings().update('lightbulb.enabled', undefined, vscode.ConfigurationTarget.Global);
  });

  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('difyCompanion');

  async function offered(line: number): Promise<readonly vscode.CodeAction[]> {
    const at = new vscode.Range(line, 2, line, 2);
    const found: vscode.CodeAction[] = await vscode.commands.executeCommand(
      'vscode.executeCodeActionProvider',
      document.uri,
      at,
    );
    return found.filter(({ title }) => title.includes('Dify'));
  }

  it('offers nothing as long as no app was chosen for it', async () => {
    bound = [];

    assert.deepEqual(await offered(1), []);
  });

  it('offers what an app was chosen for, on the lines of the problem', async () => {
    bound = ['explain', 'fix'];

    const actions = await offered(1);

    assert.deepEqual(
      actions.map(({ title, command }) => [title, command?.command]),
      [
        ['Explain with Dify', 'difyCompanion.actions.explain'],
        ['Fix with Dify', 'difyCompanion.actions.fix'],
      ],
    );
    const [place]: readonly unknown[] = actions[0]?.command?.arguments ?? [];
    const { uri, range } = place as { uri: vscode.Uri; range: vscode.Range };
    assert.equal(uri.toString(), document.uri.toString());
    assert.deepEqual([range.start.character, document.getText(range)], [0, '  tow']);
  });

  it('offers it too where a problem reaches beyond the text, as it is known for a while after a deletion', async () => {
    const known = problems.get(document.uri) ?? [];
    problems.set(document.uri, [new vscode.Diagnostic(new vscode.Range(1, 2, 9, 0), 'Too many.')]);

    const [action] = await offered(1);
    problems.set(document.uri, known);

    const [place]: readonly unknown[] = action?.command?.arguments ?? [];
    assert.equal(document.getText((place as { range: vscode.Range }).range), '  tow\nthree');
  });

  it('offers nothing where nothing is wrong, and nothing at all where it is turned off', async () => {
    bound = ['explain'];

    assert.equal((await offered(1)).length, 1);
    assert.deepEqual(await offered(2), []);
    await settings().update('lightbulb.enabled', false, vscode.ConfigurationTarget.Global);
    assert.deepEqual(await offered(1), []);
  });
});
