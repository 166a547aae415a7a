import { commands, Uri, window, workspace, type Disposable } from 'vscode';

const scheme = 'dify-text';

/** VS Code keeps the addresses of open editors, and shows some: a longer text than this is a document that can be changed. */
const longest = 512 * 1024;

/**
 * Texts of answers and runs in editors: to be read, searched and copied, not to be changed or saved by mistake. The text is in the address,
 * so nothing has to be kept for it, and it is there again after a reload.
 */
export function offerReadOnlyTexts(): Disposable {
  return workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: ({ query }) => query });
}

/** Opens the text in an editor. @param name of the document, with the extension that tells its language */
export async function openReadOnly(name: string, text: string): Promise<void> {
  const document =
    text.length > longest
      ? await workspace.openTextDocument({ content: text, language: languageOf(name) })
      : await workspace.openTextDocument(addressOf(name, text));
  await window.showTextDocument(document, { preview: true });
}

/** Opens Markdown as VS Code draws it; where it draws no diagrams, their code is to be seen. @param name as in `openReadOnly` */
export async function previewMarkdown(name: string, markdown: string): Promise<void> {
  await commands.executeCommand('markdown.showPreview', addressOf(name, markdown));
}

function languageOf(name: string): string {
  if (name.endsWith('.md')) return 'markdown';
  return name.endsWith('.json') ? 'json' : 'plaintext';
}

function addressOf(name: string, text: string): Uri {
  return Uri.from({ scheme, path: `/${name.replaceAll(/[/\\]/g, '-')}`, query: text });
}
