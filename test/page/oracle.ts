import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import type { ChatPage } from './chatPage.ts';

const purify = await readFile(createRequire(import.meta.url).resolve('dompurify/dist/purify.min.js'), 'utf8');

/** What DOMPurify is in a page. */
interface Purify {
  readonly removed: readonly { readonly attribute?: Attr | null; readonly element?: Node }[];
  sanitize(html: string, options: object): Element;
}

/** Asks DOMPurify about the answers of a chat, in a page of its own: that of the chat can make no HTML of a string. */
export class Oracle {
  readonly #chat: ChatPage;
  readonly #page: Page;

  static async open(chat: ChatPage): Promise<Oracle> {
    const page = await chat.page.context().newPage();
    await page.evaluate(purify);
    // Behind another page it would get a frame a second.
    await chat.page.bringToFront();
    return new Oracle(chat, page);
  }

  private constructor(chat: ChatPage, page: Page) {
    this.#chat = chat;
    this.#page = page;
  }

  /** The answers that DOMPurify would change, and what it would remove of them. */
  async objections(): Promise<string[]> {
    const answers = await this.#chat.page.evaluate(() =>
      // oxlint-disable-next-line no-restricted-properties -- read, not written
      [...document.querySelectorAll('.md, .process')].map((answer) => answer.outerHTML),
    );
    return this.#page.evaluate((texts) => {
      const { DOMPurify } = globalThis as unknown as { readonly DOMPurify: Purify };
      return texts.flatMap((html) => {
        const { body } = new DOMParser().parseFromString(html, 'text/html');
        // Text in an attribute may look like a closing tag: ours is never parsed again.
        const pure = DOMPurify.sanitize(html, { RETURN_DOM: true, SAFE_FOR_XML: false });
        if (pure.isEqualNode(body)) return [];
        return [JSON.stringify(DOMPurify.removed.map((one) => one.attribute?.name ?? one.element?.nodeName)) + html];
      });
    }, answers);
  }
}
