// npm run bench              what the client costs, as ratios to what cannot be saved
// npm run bench -- page      what showing an answer costs, in a browser
// npm run bench -- result    what a long answer costs in a result document, as ratios to what is still good
import { bigNodeRows } from './bigNode.ts';
import { readerRows } from './reader.ts';
import { print } from './table.ts';

if (process.argv[2] === 'page') print(await (await import('./page.ts')).pageRows());
else if (process.argv[2] === 'result') {
  await import('../support/vscode/register.ts');
  print(await (await import('./result.ts')).resultRows());
} else print([...(await readerRows()), ...(await bigNodeRows())]);
