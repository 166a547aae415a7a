import { commands, Uri, window, workspace, type Disposable } from 'vscode';

const scheme = 'dify-text';

/**
 * Texts of answers and runs in editors: to be read, searched and copied, not to be changed or saved by mistake. The text is in the address,
 * so nothing has to be kept for it, and it is there again after a reload.
 */
export function offerReadOnlyTexts(): Disposable {
  return workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: ({ query }) => query });
}

/** Opens the text in an editor. @param name of the document, with the extension that tells its language */
export async function openReadOnly(name: string, text: string): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument(addressOf(name, text)), { preview: true });
}

/** Opens Markdown as VS Code draws it; where it draws no diagrams, their code is to be seen. @param name as in `openReadOnly` */
export async function previewMarkdown(name: string, markdown: string): Promise<void> {
  await commands.executeCommand('markdown.showPreview', addressOf(name, markdown));
}

function addressOf(name: string, text: string): Uri {
  return Uri.from({ scheme, path: `/${name.replaceAll(/[/\\]/g, '-')}`, query: text });
}
