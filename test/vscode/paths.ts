import path from 'node:path';

/** The repository. */
export const root = path.resolve(import.meta.dirname, '../..');

/** What is downloaded once and kept: VS Code, the state of `npm start`. */
export const cache = path.resolve(root, process.env['VSCODE_TEST_CACHE'] ?? '.vscode-test');

/** What a test run leaves behind to be looked at. */
export const out = path.join(root, 'test/out');
