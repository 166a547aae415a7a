import { env, Uri, type WebviewView, type WebviewViewProvider } from 'vscode';
import { allowedAddress } from '../../conversation/links.ts';
import { parseFromWebview, type FromWebview } from '../../conversation/protocol.ts';
import type { Start } from '../commands.ts';
import type { Chat } from './chat.ts';
import { Outbox } from './outbox.ts';
import { pageHtml, pageRoots } from './page.ts';

/** The chat in the side bar. The page shows what the {@link Chat} is, and posts wishes; it may be hidden, closed and made anew. */
export class ChatView implements WebviewViewProvider {
  static readonly id = 'difyCompanion.chat';
  readonly #extension: Uri;
  readonly #chat: Chat;
  readonly #connect: () => unknown;
  readonly #start: Start;

  constructor(extension: Uri, chat: Chat, connect: () => unknown, start: Start) {
    this.#extension = extension;
    this.#chat = chat;
    this.#connect = connect;
    this.#start = start;
  }

  resolveWebviewView({ webview, onDidDispose }: WebviewView): void {
    webview.options = {
      enableScripts: true,
      enableForms: true,
      localResourceRoots: [...pageRoots(this.#extension)],
    };
    const outbox = new Outbox((message) => void webview.postMessage(message));
    const sendState = async (): Promise<void> => outbox.snapshot(await this.#chat.state());
    const stopListening = this.#chat.onEvent((event) => {
      if (event === 'changed') this.#start('The chat view', sendState);
      else outbox.push(event);
    });
    const receiving = webview.onDidReceiveMessage((posted: unknown) => {
      const message = parseFromWebview(posted);
      if (message?.type === 'ready') this.#start('The chat view', sendState);
      else if (message !== undefined) this.#start('The chat view', () => this.#act(message));
    });
    onDidDispose(() => {
      stopListening();
      receiving.dispose();
      outbox.dispose();
    });
    webview.html = pageHtml(webview, this.#extension);
  }

  async #act(message: Exclude<FromWebview, { type: 'ready' }>): Promise<void> {
    switch (message.type) {
      case 'connect':
        await this.#connect();
        return;
      case 'send':
        return await this.#chat.send(message.query);
      case 'stop':
        return this.#chat.stop();
      case 'newConversation':
        return await this.#chat.newConversation();
      case 'askAgain':
        return await this.#chat.askAgain(message.key);
      case 'remedy':
        return await this.#chat.remedy(message.key, message.remedy);
      case 'draft':
        return this.#chat.draft(message.text);
      case 'copy':
        return await env.clipboard.writeText(message.text);
      case 'openLink': {
        const link = allowedAddress(message.href);
        // VS Code asks before it opens an address that is not trusted.
        if (link !== undefined) await env.openExternal(Uri.parse(link, true));
      }
    }
  }
}
