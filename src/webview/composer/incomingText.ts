import { useCallback, useState } from 'preact/hooks';
import type { Actions } from '../actions.ts';
import { t } from '../locale.ts';
import { addressesIn, isLong, textOf } from './incoming.ts';

/** What is said under the composer of something that was pasted or dropped. */
export interface Notice {
  readonly icon: 'error' | 'info';
  readonly text: string;
  /** Puts what became a chip into the text after all. */
  readonly undo: (() => void) | undefined;
}

export interface Incoming {
  readonly notice: Notice | undefined;
  readonly paste: (event: ClipboardEvent) => void;
  readonly drop: (transfer: DataTransfer) => void;
}

/** Longest text that a message to the host may carry. */
const longest = 1_000_000;

/** What becomes of that which is pasted and dropped: short text is text, long text and files of text are chips, the rest is refused. */
export function useIncoming(actions: Actions): Incoming {
  const [notice, setNotice] = useState<Notice>();
  const say = useCallback((said: Notice | undefined): void => {
    setNotice(said);
    if (said !== undefined) actions.announce(said.text);
  }, []);
  const paste = useCallback((event: ClipboardEvent): void => {
    const transfer = event.clipboardData;
    say(undefined);
    if (transfer === null) return;
    const text = transfer.getData('text/plain');
    if (text === '' && transfer.files.length > 0) {
      event.preventDefault();
      void attachFiles([...transfer.files], actions).then(say);
    } else if (isLong(text) && event.currentTarget instanceof HTMLTextAreaElement) {
      event.preventDefault();
      say(attachLong(text, event.currentTarget, actions, () => say(undefined)));
    }
  }, []);
  const drop = useCallback((transfer: DataTransfer): void => {
    say(undefined);
    const uris = addressesIn(transfer);
    if (uris !== '') actions.post({ type: 'drop', uris });
    else void attachFiles([...transfer.files], actions).then(say);
  }, []);
  return { notice, paste, drop };
}

function attachLong(text: string, field: HTMLTextAreaElement, actions: Actions, done: () => void): Notice {
  const { selectionStart, selectionEnd } = field;
  const key = `paste-${crypto.randomUUID()}`;
  actions.post({ type: 'paste', key, name: '', text: text.slice(0, longest) });
  const undo = (): void => {
    actions.post({ type: 'detach', key });
    field.focus();
    field.setRangeText(text, selectionStart, selectionEnd, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    done();
  };
  return { icon: 'info', text: t('pastedLong'), undo };
}

/** Files without an address: from outside of VS Code, or in the clipboard. */
async function attachFiles(files: readonly File[], actions: Actions): Promise<Notice | undefined> {
  const refused: string[] = [];
  for (const file of files) {
    const text = file.type.startsWith('image/') ? undefined : await textOf(file);
    if (text === undefined) refused.push(file.name === '' ? t('picture') : file.name);
    else actions.post({ type: 'paste', key: `paste-${crypto.randomUUID()}`, name: file.name, text });
  }
  return refused.length === 0
    ? undefined
    : { icon: 'error', text: t('refusedFile', { file: refused.join(', ') }), undo: undefined };
}
