// `npm run screenshots`: takes the README's pictures of the real extension in a real VS Code.
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { packaging } from './stages/build.ts';
import { e2e } from './stages/e2e.ts';
import { runStages, type Stage } from './stages/program.ts';
import { onePassed } from './stages/tally.ts';
import { out, root } from './vscode/paths.ts';

const takeOver: Stage = {
  title: 'Pictures',
  run: async () => {
    await copyFile(path.join(out, 'shots/readme.jpg'), path.join(root, 'media/screenshot.jpg'));
    return onePassed;
  },
};

await runStages([packaging], [e2e(undefined, 'test/screenshots/*.test.ts')], [takeOver]);
