import { fenced } from '../../conversation/fence.ts';
import type { TextEditor } from 'vscode';
import type { Edits } from '../edits/edits.ts';
import { t } from '../words.ts';
import type { Acts } from './part.ts';

/** What code of an answer needs of the editor. */
export interface CodePorts {
  /** Loads what changes documents. */
  readonly edits: () => Promise<Pick<Edits, 'aimAt' | 'insertAtCursor' | 'proposeAtCursor' | 'newFile'>>;
  /** The one that the page names; `undefined` if it names none. */
  readonly editor: () => TextEditor | undefined;
  /** Shows Markdown as VS Code does. @param name of the document */
  readonly preview: (name: string, markdown: string) => Promise<void>;
}

/** Code of an answer goes where the person says, never to a file that the answer names. */
export function codeActs({ edits, editor, preview }: CodePorts): Pick<Acts, 'code'> {
  return {
    code: async ({ what, code, language }) => {
      if (what === 'preview') return preview(`${t('Code of the Answer')}.md`, fenced(code, language));
      const named = editor();
      const bring = await edits();
      if (named !== undefined) bring.aimAt(named);
      const block = fenced(code, language === '' ? 'text' : language);
      switch (what) {
        case 'insert':
          return bring.insertAtCursor(block);
        case 'newFile':
          return bring.newFile(block);
        case 'apply':
          return bring.proposeAtCursor(block, t('Code of the Answer'));
      }
    },
  };
}
