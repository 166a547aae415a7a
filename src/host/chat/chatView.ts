import { commands, env, Uri, type WebviewView, type WebviewViewProvider } from 'vscode';
import { allowedAddress } from '../../conversation/links.ts';
import { parseFromWebview, type FromWebview, type Wish } from '../../conversation/protocol.ts';
import type { App } from '../app.ts';
import type { Start } from '../commands.ts';
import type { Chat } from './chat.ts';
import { Outbox } from './outbox.ts';
import { pageHtml, pageRoots } from './page.ts';

/** How VS Code names the walkthrough: by the extension and the id in package.json. */
const walkthrough = 'dify-companion.dify-companion#difyCompanion.start';

/** What the page's wishes need that the chat itself does not do. */
export interface ChatViewPorts {
  readonly connect: () => unknown;
  readonly showLog: () => void;
  /** Lets the person change the address of the app. */
  readonly changeAddress: (app: App) => unknown;
  /** Asks the server something that costs nothing: whether it answers shows in the app's health. */
  readonly reach: (app: App) => unknown;
  readonly start: Start;
}

/** The chat in the side bar. The page shows what the {@link Chat} is, and posts wishes; it may be hidden, closed and made anew. */
export class ChatView implements WebviewViewProvider {
  static readonly id = 'difyCompanion.chat';
  readonly #extension: Uri;
  readonly #chat: Chat;
  readonly #ports: ChatViewPorts;

  constructor(extension: Uri, chat: Chat, ports: ChatViewPorts) {
    this.#extension = extension;
    this.#chat = chat;
    this.#ports = ports;
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
      if (event === 'changed') this.#ports.start('The chat view', sendState);
      else outbox.push(event);
    });
    const receiving = webview.onDidReceiveMessage((posted: unknown) => {
      const message = parseFromWebview(posted);
      if (message?.type === 'ready') this.#ports.start('The chat view', sendState);
      else if (message !== undefined) this.#ports.start('The chat view', () => this.#act(message));
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
      case 'hideNotice':
      case 'showNotice':
        return this.#chat.showNotice(message.kind, message.type === 'showNotice');
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
        return;
      }
      default:
        return await this.#grant(message.type);
    }
  }

  async #grant(wish: Wish): Promise<void> {
    switch (wish) {
      case 'connect':
        await this.#ports.connect();
        return;
      case 'startDemo':
        return await commands.executeCommand('difyCompanion.demo.start');
      case 'leaveDemo':
        return await commands.executeCommand('difyCompanion.demo.leave');
      case 'howItWorks':
        return await commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
      case 'switchApp':
        return await commands.executeCommand('difyCompanion.chat.switchApp');
      case 'changeAddress':
        await this.#withApp(this.#ports.changeAddress);
        return;
      case 'retryConnection':
        await this.#withApp(this.#ports.reach);
        return;
      case 'showLog':
        return this.#ports.showLog();
    }
  }

  async #withApp(work: (app: App) => unknown): Promise<void> {
    const { app } = this.#chat;
    if (app !== undefined) await work(app);
  }
}
