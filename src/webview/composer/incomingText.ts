import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Actions } from '../actions.ts';
import { t } from '../locale.ts';
import { addressesIn, isLong } from './incoming.ts';
import { attachFiles, attachFromClipboard } from './incomingFiles.ts';

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
  /** Takes the picture in the clipboard. */
  readonly pasteFromClipboard: () => void;
}

/** Longest text that a message to the host may carry. */
const longest = 1_000_000;

/** What a command of VS Code asks of the composer: to take the picture in the clipboard. */
export const pastePicture = 'dify-paste-picture';

/**
 * What becomes of that which is pasted and dropped: short text is text, long text and files of text are chips, other files are
 * uploaded.
 *
 * @param takesFiles whether the app takes any, or recordings to transcribe
 */
export function useIncoming(actions: Actions, takesFiles: boolean): Incoming {
  const [notice, setNotice] = useState<Notice>();
  const say = useCallback((said: Notice | undefined): void => {
    setNotice(said);
    if (said !== undefined) actions.announce(said.text);
  }, []);
  const refuse = useCallback((problem: string): void => {
    if (problem !== '') say({ icon: 'error', text: problem, undo: undefined });
  }, []);
  const paste = useCallback(
    (event: ClipboardEvent): void => {
      const transfer = event.clipboardData;
      say(undefined);
      if (transfer === null) return;
      const text = transfer.getData('text/plain');
      if (text === '' && transfer.files.length > 0) {
        event.preventDefault();
        void attachFiles([...transfer.files], takesFiles, actions).then(refuse);
      } else if (isLong(text) && event.currentTarget instanceof HTMLTextAreaElement) {
        event.preventDefault();
        say(attachLong(text, event.currentTarget, actions, () => say(undefined)));
      }
    },
    [takesFiles],
  );
  const drop = useCallback(
    (transfer: DataTransfer): void => {
      say(undefined);
      const uris = addressesIn(transfer);
      if (uris !== '') actions.post({ type: 'drop', uris });
      else void attachFiles([...transfer.files], takesFiles, actions).then(refuse);
    },
    [takesFiles],
  );
  const pasteFromClipboard = useCallback((): void => {
    say(undefined);
    void attachFromClipboard(takesFiles, actions).then(refuse);
  }, [takesFiles]);
  useEffect(() => {
    addEventListener(pastePicture, pasteFromClipboard);
    return () => removeEventListener(pastePicture, pasteFromClipboard);
  }, [pasteFromClipboard]);
  return { notice, paste, drop, pasteFromClipboard };
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
