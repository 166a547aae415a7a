import { Selection, window, workspace } from 'vscode';
import { t } from '../words.ts';

/** Opens a text to try the actions on, selected as a person would. It has no file, and nobody is asked to save it. */
export async function openSample(): Promise<void> {
  const content = t(
    'The harbour lights project ran for six weeks. We rented three boats and fitted each of them with a lamp, a battery and a small radio. The first trip failed because the radio lost its link behind the lighthouse. A second antenna on the pier solved that. Since then every boat has reported its position once a minute, and nobody has had to row out at night. In autumn we want to light the northern pier too, if the town pays for the lamps.',
  );
  const document = await workspace.openTextDocument({ language: 'markdown', content: `${content}\n` });
  const editor = await window.showTextDocument(document);
  const end = document.lineAt(0).range.end;
  editor.selection = new Selection(0, 0, end.line, end.character);
}
