import { useEffect } from 'preact/hooks';
import { kindOf, ownPath, placeOf } from '../../conversation/answerFile.ts';
import type { ChatState } from '../../conversation/protocol.ts';
import type { Run } from '../../conversation/run.ts';
import type { Actions } from '../actions.ts';

interface Properties {
  readonly run: Run;
  /** Key of the message. */
  readonly of: string;
  /** Of the app's server. */
  readonly host: string;
  readonly fetched: ChatState['fetched'];
  readonly actions: Actions;
}

/** Asks for the pictures of a whole answer, where the person wants those of the app always: of its own server, and each once. */
export function ShownUnasked({ run, of, host, fetched, actions }: Properties): null {
  const { files, text } = run;
  useEffect(() => {
    for (const file of files) {
      const place = placeOf(file.url);
      if (kindOf(file) !== 'image' || ownPath(file.url, host) === undefined || place in fetched) continue;
      actions.post({ type: 'answerFile', what: 'show', key: of, place });
    }
    for (const line of document.querySelectorAll(`[data-key="${CSS.escape(of)}"] .remote-image[data-own]`)) {
      const { address = '' } = line instanceof HTMLElement ? line.dataset : {};
      if (!(placeOf(address) in fetched)) actions.post({ type: 'showImage', key: of, address });
    }
    // Not for each picture that comes: what was asked for once is not asked for again.
  }, [files, text, of, host]);
  return null;
}
