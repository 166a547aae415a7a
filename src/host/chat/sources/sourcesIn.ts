import { workspace } from 'vscode';
import type { Log } from '../../log.ts';
import type { Acts } from '../part.ts';
import type { Talk } from '../talk.ts';
import { Sources } from './sources.ts';
import { openSource, workspaceFiles } from './workspaceFiles.ts';

/** So long the workspace is searched for one piece, in milliseconds. */
const patience = 2_000;

/** The citations of answers in this window's folders. */
export function sourcesIn(ports: { readonly talk: Talk; readonly log: Log }) {
  const part = new Sources({
    ...ports,
    files: workspaceFiles,
    pathOf: (uri) => workspace.asRelativePath(uri),
    open: openSource,
    patience: () => AbortSignal.timeout(patience),
  });
  const acts: Pick<Acts, 'findSource' | 'openSource'> = {
    findSource: ({ key, at }) => part.find(key, at),
    openSource: ({ key, at }) => part.open(key, at),
  };
  return { part, acts };
}
