import assert from 'node:assert/strict';
import { Uri, window, workspace } from 'vscode';
import { openFiles } from '../../../src/host/files/localFiles.ts';
import { readInputControl } from '../../../src/dify/inputForm.ts';

describe('Files that are chosen for a field', () => {
  const { showOpenDialog, showWarningMessage } = window;

  after(() => Object.assign(window, { showOpenDialog, showWarningMessage }));

  it('are asked about once more where they seem to hold secrets', async () => {
    const [control] = readInputControl({ 'file-list': { variable: 'files', label: 'Files' } });
    const folder = workspace.workspaceFolders?.[0]?.uri;
    assert.ok(control && folder);
    const texts = { 'plan.txt': 'Three boats.', 'settings.txt': 'password = "c0rrect-H0rse-staple"', '.env': 'A=1' };
    const files = Object.keys(texts).map((name) => Uri.joinPath(folder, name));
    const contents = Object.values(texts).map((text) => new TextEncoder().encode(text));
    await Promise.all(files.map((file, n) => workspace.fs.writeFile(file, contents[n] ?? new Uint8Array())));
    const told: string[] = [];
    window.showOpenDialog = async () => files;
    Object.assign(window, { showWarningMessage: async (sentence: string) => void told.push(sentence) });

    const chosen = await openFiles(control);

    assert.deepEqual(
      chosen?.map(({ name }) => name),
      ['plan.txt'],
    );
    assert.deepEqual(told, ['settings.txt, .env may hold secrets, which the app would get.']);
    for (const file of files) await workspace.fs.delete(file);
  });
});
