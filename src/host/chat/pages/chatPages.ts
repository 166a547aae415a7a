import { EventEmitter, type Disposable, type Uri, type Webview } from 'vscode';
import type { FromWebview } from '../../../conversation/fromWebview.ts';
import type { PageCommand } from '../../../conversation/protocol.ts';
import type { Start } from '../../commands.ts';
import { OpenPage, type PageSource } from './openPage.ts';
import { pageHtml, pageRoots } from './page.ts';
import type { Acts } from '../part.ts';

export interface ChatPagesPorts {
  readonly extension: Uri;
  readonly source: PageSource;
  /** What is done for the messages of all pages. */
  readonly acts: Partial<Acts>;
  readonly start: Start;
}

/** Where a page is: the view, or an editor tab. */
export interface Frame {
  readonly webview: Webview;
  readonly visible: boolean;
  /** Whether it has the focus, as far as VS Code says. */
  readonly active: boolean;
  /** Gives it the focus. */
  show(): unknown;
}

/** What is done where the person is: the page does not get the focus for it. */
const quiet: readonly PageCommand[] = ['copyLastAnswer', 'insertLastCode'];

interface Framed {
  readonly frame: () => Frame;
  readonly page: OpenPage;
}

/** The pages of this window's chat: the view and an editor tab, which show the same. Each comes and goes at any time. */
export class ChatPages {
  readonly #ports: ChatPagesPorts;
  /** The one that was used last is the last. */
  readonly #pages = new Set<Framed>();
  readonly #changed = new EventEmitter<void>();
  /** A page came, went, was hidden or is seen again. */
  readonly onDidChange = this.#changed.event;
  /** What the next page is asked to do. */
  #waiting: PageCommand | undefined;

  constructor(ports: ChatPagesPorts) {
    this.#ports = ports;
  }

  /** Whether any page can be seen in this window. */
  get isVisible(): boolean {
    return [...this.#pages].some(({ frame }) => frame().visible);
  }

  /** Puts the page into a webview. What is given back is to be disposed of with it. */
  open(frame: () => Frame): Disposable {
    const { extension, source, acts, start } = this.#ports;
    const { webview } = frame();
    webview.options = { enableScripts: true, enableForms: true, localResourceRoots: [...pageRoots(extension)] };
    const used = (message: FromWebview): void => this.#use(framed, message);
    const framed: Framed = { frame, page: new OpenPage({ webview, source, acts, start, used }) };
    this.#pages.add(framed);
    if (this.#waiting !== undefined) framed.page.tell({ type: 'command', command: this.#waiting });
    this.#waiting = undefined;
    webview.html = pageHtml(webview, extension);
    this.#changed.fire();
    return {
      dispose: () => {
        this.#pages.delete(framed);
        framed.page.dispose();
        this.#changed.fire();
      },
    };
  }

  /** A page was hidden, or is seen again. */
  moved(): void {
    this.#changed.fire();
  }

  /** Asks the page that the person works in to do something; where none is seen, `show` brings one. */
  async command(command: PageCommand, show: () => unknown): Promise<void> {
    const recent = [...this.#pages].toReversed();
    const page = recent.find(({ frame }) => frame().active) ?? recent.find(({ frame }) => frame().visible);
    if (page !== undefined) {
      if (!quiet.includes(command)) page.frame().show();
      return page.page.tell({ type: 'command', command });
    }
    this.#waiting = command;
    await show();
    // A view that was only hidden is there, and not opened anew.
    const shown = [...this.#pages].findLast(({ frame }) => frame().visible);
    if (shown === undefined || this.#waiting === undefined) return;
    this.#waiting = undefined;
    shown.page.tell({ type: 'command', command });
  }

  #use(framed: Framed, message: FromWebview): void {
    this.#pages.delete(framed);
    this.#pages.add(framed);
    if (message.type !== 'draft' || message.key === undefined) return;
    const { text, key } = message;
    for (const other of this.#pages) if (other !== framed) other.page.tell({ type: 'drafted', key, text });
  }
}
