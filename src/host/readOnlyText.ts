import { commands, Uri, window, workspace, type Disposable } from 'vscode';

const scheme = 'dify-text';

/** So many texts are kept for VS Code, which asks for them again when it wants. */
const most = 50;

/** Texts of answers and runs in editors: to be read, searched and copied, not to be changed or saved by mistake. */
export class ReadOnlyTexts implements Disposable {
  readonly #texts = new Map<string, string>();
  #registered: Disposable | undefined;

  /** Opens the text in an editor. @param name of the document, with the extension that tells its language */
  async open(name: string, text: string): Promise<void> {
    await window.showTextDocument(await workspace.openTextDocument(this.#add(name, text)), { preview: true });
  }

  /** Opens Markdown as VS Code shows it, with all that it can draw. @param name as in `open` */
  async preview(name: string, markdown: string): Promise<void> {
    await commands.executeCommand('markdown.showPreview', this.#add(name, markdown));
  }

  dispose(): void {
    this.#registered?.dispose();
  }

  #add(name: string, text: string): Uri {
    this.#registered ??= workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
    });
    const uri = Uri.from({ scheme, path: `/${crypto.randomUUID()}/${name.replaceAll(/[/\\]/g, '-')}` });
    this.#texts.set(uri.toString(), text);
    for (const old of [...this.#texts.keys()].slice(0, Math.max(0, this.#texts.size - most))) this.#texts.delete(old);
    return uri;
  }
}
