import type { DifyErrorKind } from '../dify/errors.ts';
import { t } from './words.ts';

/** Where the extension runs, seen from the window. */
export interface Place {
  /** The kind of remote that the window is connected to, like `ssh-remote`; `undefined` if it is none. */
  readonly remoteName: string | undefined;
  /** Whether the extension runs there, and not beside the window. */
  readonly runsThere: boolean;
  readonly inBrowser: boolean;
}

/** What may be behind a server that is not reached from a remote window: it is sought from another computer than one thinks. Or ''. */
export function remoteHint(kind: DifyErrorKind, { remoteName, runsThere, inBrowser }: Place): string {
  if (remoteName === undefined || (kind !== 'network' && kind !== 'timeout')) return '';
  const words = { remote: remoteName };
  if (inBrowser)
    return t('Dify is asked from the server of this window ({remote}): localhost is that computer.', words);
  return runsThere
    ? t(
        'This window is remote ({remote}), and Dify is asked from there: localhost is that computer. The setting remote.extensionKind changes that.',
        words,
      )
    : t(
        'This window is remote ({remote}), but Dify is asked from your computer. What only the remote computer reaches needs a forwarded port, or the setting remote.extensionKind.',
        words,
      );
}
