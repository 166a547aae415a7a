import { commands, env, Uri, type WebviewView, type WebviewViewProvider } from 'vscode';
import { allowedAddress } from '../../conversation/links.ts';
import { parseFromWebview } from '../../conversation/fromWebview.ts';
import type { App } from '../app.ts';
import type { Start } from '../commands.ts';
import type { Chat } from './chat.ts';
import { Outbox } from './outbox.ts';
import { pageHtml, pageRoots } from './page.ts';
import { act, type Acts } from './part.ts';

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
    const acts = this.#acts();
    const receiving = webview.onDidReceiveMessage((posted: unknown) => {
      const message = parseFromWebview(posted);
      if (message?.type === 'ready') this.#ports.start('The chat view', sendState);
      else if (message !== undefined) this.#ports.start('The chat view', async () => void (await act(acts, message)));
    });
    onDidDispose(() => {
      stopListening();
      receiving.dispose();
      outbox.dispose();
    });
    webview.html = pageHtml(webview, this.#extension);
  }

  /** What the chat's page asks for beyond the parts. */
  #acts(): Partial<Acts> {
    const chat = this.#chat;
    const { connect, showLog, changeAddress, reach } = this.#ports;
    return {
      hideNotice: ({ kind }) => chat.showNotice(kind, false),
      showNotice: ({ kind }) => chat.showNotice(kind, true),
      send: ({ query }) => chat.send(query),
      stop: () => chat.stop(),
      newConversation: () => chat.newConversation(),
      askAgain: ({ key }) => chat.askAgain(key),
      remedy: ({ key, remedy }) => chat.remedy(key, remedy),
      draft: ({ text }) => chat.draft(text),
      copy: ({ text }) => env.clipboard.writeText(text),
      openLink: ({ href }) => openLink(href),
      connect,
      startDemo: run('difyCompanion.demo.start'),
      leaveDemo: run('difyCompanion.demo.leave'),
      howItWorks: () => commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false),
      switchApp: run('difyCompanion.chat.switchApp'),
      manageApps: run('difyCompanion.apps.manage'),
      changeAddress: () => this.#withApp(changeAddress),
      retryConnection: () => this.#withApp(reach),
      showLog,
    };
  }

  async #withApp(work: (app: App) => unknown): Promise<void> {
    const { app } = this.#chat;
    if (app !== undefined) await work(app);
  }
}

function run(command: string): () => Thenable<unknown> {
  return () => commands.executeCommand(command);
}

async function openLink(href: string): Promise<void> {
  const link = allowedAddress(href);
  // VS Code asks before it opens an address that is not trusted.
  if (link !== undefined) await env.openExternal(Uri.parse(link, true));
}
