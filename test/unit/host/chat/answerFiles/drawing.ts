import { placeOf } from '../../../../../src/conversation/answerFile.ts';
import type { Message } from '../../../../../src/conversation/conversation.ts';
import type { FetchedFile } from '../../../../../src/conversation/protocol.ts';
import type { GenerationName } from '../../../../../src/demo/generations.ts';
import { createDemoServer } from '../../../../../src/demo/server.ts';
import { ApiKey } from '../../../../../src/dify/apiKey.ts';
import { DifyClient, type Fetch } from '../../../../../src/dify/client.ts';
import { AnswerFiles } from '../../../../../src/host/chat/answerFiles/answerFiles.ts';
import { ImageChoice } from '../../../../../src/host/chat/answerFiles/imageChoice.ts';
import { appNamed } from '../../../../lab/apps.ts';
import { ChatWindow } from '../../../../support/chatWindow.ts';
import { testApp } from '../../../../support/hostState.ts';

/** Whatever the server is, it is at this address. */
const origin = 'https://one.test';

const key = 'app-LabDrawingChatflow000000';

/** A request as it went out. */
interface Request {
  readonly url: string;
  readonly hasKey: boolean;
}

/** A chatflow that draws a picture, asked once, in a window that shows what it brought. */
export class Drawing {
  readonly requests: Request[] = [];
  /** What the page was told, in order. */
  readonly told: (readonly [place: string, file: FetchedFile | undefined])[] = [];
  readonly saved: (readonly [name: string, bytes: Uint8Array])[] = [];
  readonly opened: (readonly [name: string, bytes: Uint8Array])[] = [];
  /** How far the server's clock is ahead, in milliseconds. */
  later = 0;
  /** Answers in place of the server. */
  instead: ((url: URL) => Response | undefined) | undefined;
  /** Whether the person chooses a place to save at. */
  saves = true;
  readonly window: ChatWindow;
  readonly files: AnswerFiles;
  readonly images: ImageChoice;

  /** @param internalFilesUrl the address that the server's own containers use, if tool files get it */
  constructor(generation: GenerationName, internalFilesUrl = '') {
    const server = createDemoServer({
      generation,
      apps: [appNamed('Drawing chatflow')],
      internalFilesUrl,
      tokensPerSecond: Infinity,
      clock: { now: () => Date.now() + this.later, sleep: () => Promise.resolve() },
    });
    const fetch: Fetch = async (address, init) => {
      const url = new URL(address);
      this.requests.push({ url: address, hasKey: new Headers(init?.headers).has('authorization') });
      const answer = this.instead?.(url);
      if (answer !== undefined) return answer;
      if (url.origin !== origin) throw new TypeError('fetch failed');
      return await server.handle(new Request(address, init));
    };
    this.window = new ChatWindow({ fetch });
    const { apps, chat, log, shared } = this.window;
    const apiKey = new ApiKey(key, origin);
    const connect = async () => ({ baseUrl: `${origin}/v1`, apiKey, user: await apps.user() });
    // Nobody waits before something is asked for again.
    const clients = { of: () => new DifyClient(connect, fetch, { pause: 1 }) };
    this.images = new ImageChoice(shared);
    this.files = new AnswerFiles({
      talk: chat,
      clients,
      log,
      images: this.images,
      language: 'en',
      window: {
        saveAs: (name) =>
          Promise.resolve(this.saves ? (bytes) => Promise.resolve(void this.saved.push([name, bytes])) : undefined),
        open: (name, bytes) => Promise.resolve(void this.opened.push([name, bytes])),
      },
    });
    chat.add([this.files]);
    chat.onEvent((event) => {
      if (event !== 'changed' && event.type === 'fetched') this.told.push([event.place, event.file]);
    });
  }

  /** Asks, and forgets the requests of that. */
  async ask(): Promise<void> {
    await this.window.open(testApp('one', { mode: 'advanced-chat', baseUrl: `${origin}/v1` }), key);
    await this.window.chat.send('a cat');
    this.requests.length = 0;
  }

  get message(): Message {
    const [message] = this.window.conversation.messages;
    if (message === undefined) throw new Error('Nothing was asked');
    return message;
  }

  /** Of the picture. */
  get place(): string {
    return placeOf(this.message.run.files[0]?.url ?? '');
  }

  /** Paths of the requests without their queries, and the hosts of those that are not the server's. */
  get asked(): readonly string[] {
    return this.requests.map(({ url }) => {
      const { host, pathname } = new URL(url);
      return host === 'one.test' ? pathname.replace(this.place, 'the file') : host;
    });
  }

  get states(): readonly (FetchedFile['state'] | undefined)[] {
    return this.told.map(([, file]) => file?.state);
  }
}
