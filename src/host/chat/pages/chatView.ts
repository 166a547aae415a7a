import {
  type CancellationToken,
  type WebviewView,
  type WebviewViewProvider,
  type WebviewViewResolveContext,
} from 'vscode';
import type { ChatPages } from './chatPages.ts';

/** The chat in the side bar, the panel or the secondary side bar. VS Code may close it and make it anew at any time. */
export class ChatView implements WebviewViewProvider {
  readonly #pages: ChatPages;
  #view: WebviewView | undefined;
  #badge: WebviewView['badge'];

  constructor(pages: ChatPages) {
    this.#pages = pages;
  }

  /** The number at the view's icon, and what it counts; none for 0. */
  set badge(badge: { readonly value: number; readonly tooltip: string }) {
    this.#badge = badge.value === 0 ? undefined : { ...badge };
    if (this.#view !== undefined) this.#view.badge = this.#badge;
  }

  resolveWebviewView(view: WebviewView, _context?: WebviewViewResolveContext, _token?: CancellationToken): void {
    const page = this.#pages.open(() => ({
      webview: view.webview,
      visible: view.visible,
      active: false,
      show: () => view.show(false),
    }));
    this.#view = view;
    view.badge = this.#badge;
    view.onDidChangeVisibility(() => this.#pages.moved());
    view.onDidDispose(() => {
      if (this.#view === view) this.#view = undefined;
      page.dispose();
    });
  }
}
