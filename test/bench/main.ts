// npm run bench              what the client costs, as ratios to what cannot be saved
// npm run bench -- markdown  what showing an answer costs, in a browser
import { readerRows } from './reader.ts';
import { print } from './table.ts';

if (process.argv[2] === 'markdown') await import('./markdown.ts');
else print(await readerRows());
