import { Uri, ViewColumn, window, type WebviewPanel, type WebviewPanelSerializer } from 'vscode';
import { t } from '../../words.ts';
import type { ChatPages } from './chatPages.ts';
import { chatPanelId } from './panelId.ts';

/** The chat in an editor tab. There is one: it shows what the view shows, so a second one would be the same again. */
export class ChatPanel implements WebviewPanelSerializer {
  readonly #extension: Uri;
  readonly #pages: ChatPages;
  #panel: WebviewPanel | undefined;

  constructor(extension: Uri, pages: ChatPages) {
    this.#extension = extension;
    this.#pages = pages;
  }

  /** Opens the tab, or shows it where it is. */
  show(): void {
    if (this.#panel === undefined) {
      this.#take(window.createWebviewPanel(chatPanelId, t('Dify Chat'), ViewColumn.Active));
    } else {
      this.#panel.reveal();
    }
  }

  /** The tab was open when the window was closed. What it shows is the chat's, so nothing of it was kept. */
  async deserializeWebviewPanel(panel: WebviewPanel): Promise<void> {
    if (this.#panel === undefined) this.#take(panel);
    else panel.dispose();
  }

  #take(panel: WebviewPanel): void {
    this.#panel = panel;
    panel.iconPath = Uri.joinPath(this.#extension, 'media', 'activity.svg');
    const page = this.#pages.open(() => ({
      webview: panel.webview,
      visible: panel.visible,
      active: panel.active,
      show: () => panel.reveal(),
    }));
    panel.onDidChangeViewState(() => this.#pages.moved());
    panel.onDidDispose(() => {
      this.#panel = undefined;
      page.dispose();
    });
  }
}
