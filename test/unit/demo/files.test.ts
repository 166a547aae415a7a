import assert from 'node:assert/strict';
import type { App, FileUpload } from '../../../src/demo/apps.ts';
import { sizeLimit } from '../../../src/demo/files/types.ts';
import { type DemoServer, createDemoServer } from '../../../src/demo/server.ts';
import { filesApps } from '../../lab/filesApps.ts';
import { type RecordedForm, formBytes } from '../../support/recordedForm.ts';
import { TestClock } from '../../support/testClock.ts';

const [assistant, , teller, , plain] = filesApps.map(({ app }) => app);

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A server and an app's user, who uploads and sends. */
class Person {
  readonly server: DemoServer;
  readonly #app: App | undefined;
  readonly #user: string;

  constructor(server: DemoServer, app: App | undefined, user = 'ada') {
    this.server = server;
    this.#app = app;
    this.#user = user;
  }

  async upload(name: string, options: { readonly type?: string; readonly size?: number } = {}): Promise<Answered> {
    const { size = 3, type = 'text/plain' } = options;
    const form: RecordedForm = {
      form: [
        ['file', { name, type, size }],
        ['user', this.#user],
      ],
    };
    const contentType = 'multipart/form-data; boundary=B';
    return this.call('POST', '/v1/files/upload', formBytes(form, contentType), contentType);
  }

  /** Id of a file that is there. */
  async uploaded(name: string, type?: string): Promise<string> {
    const { body, status } = await this.upload(name, type === undefined ? {} : { type });
    assert.equal(status, 201);
    return (body as { readonly id: string }).id;
  }

  async send(files: readonly unknown[], mode = 'blocking'): Promise<Answered> {
    const isChat = this.#app?.mode === 'chat';
    const body = {
      inputs: isChat ? {} : { query: 'Look.' },
      query: isChat ? 'Look.' : '',
      files,
      user: this.#user,
      response_mode: mode,
      auto_generate_name: false,
    };
    return this.call('POST', `/v1/${isChat ? 'chat' : 'completion'}-messages`, JSON.stringify(body));
  }

  async call(
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    contentType = 'application/json',
  ): Promise<Answered> {
    const request = new Request(`https://demo.invalid${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.#app?.key ?? ''}`, 'Content-Type': contentType },
      ...(body === undefined ? {} : { body }),
    });
    const response = await this.server.handle(request);
    const text = await response.text();
    const isJson = response.headers.get('Content-Type')?.startsWith('application/json') === true && text !== '';
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }
}

function serverOf(generation: 'a' | 'b', clock = new TestClock(), changed: readonly App[] = []): DemoServer {
  return createDemoServer({
    generation,
    clock,
    tokensPerSecond: Infinity,
    apps: [...filesApps.map(({ app }) => app), ...changed],
    source: () => ['Seen.'],
  });
}

function person(generation: 'a' | 'b', app = assistant): Person {
  return new Person(serverOf(generation), app);
}

function local(id: string, type = 'image'): object {
  return { type, transfer_method: 'local_file', upload_file_id: id };
}

function messageOf({ body }: Answered): string {
  return (body as { readonly message: string }).message;
}

describe('a file sent to the demo server', () => {
  for (const [what, mapping, message] of [
    ['no id', { type: 'image', transfer_method: 'local_file' }, 'Invalid upload file id'],
    ['an id that is none', local('x'), 'Invalid upload file id format'],
    ['an unknown id', local('0b9e9a6e-7f0c-4c55-9d3f-1f2e3d4c5b6a'), 'Invalid upload file'],
    ['an unknown way', { type: 'image', transfer_method: 'pigeon' }, "No matching enum found for value 'pigeon'"],
    [
      'a type that the app does not take',
      { type: 'audio', transfer_method: 'remote_url', url: 'https://example.org/a.mp3' },
      'File validation failed for file: a.mp3',
    ],
    [
      'an unknown type',
      { type: 'smell', transfer_method: 'remote_url', url: 'https://example.org/a.png' },
      "'smell' is not a valid FileType",
    ],
    [
      'an extension that the app does not list',
      { type: 'custom', transfer_method: 'remote_url', url: 'https://example.org/a.rs' },
      'File validation failed for file: a.rs',
    ],
  ] as const) {
    it(`is refused with ${what}`, async () => {
      const answered = await person('b').send([mapping]);

      assert.deepEqual([answered.status, messageOf(answered)], [400, message]);
    });
  }

  it('is passed over if it names no way of transfer', async () => {
    assert.equal((await person('a').send([{ type: 'image' }, {}])).status, 200);
  });

  it('needs an address if it is somewhere else, on the older server', async () => {
    const remote = { type: 'image', transfer_method: 'remote_url' };

    const old = await person('a').send([remote]);

    assert.deepEqual([old.status, messageOf(old)], [400, 'Invalid file url']);
    assert.equal((await person('b').send([remote])).status, 200);
  });

  it('is refused after a while if its host does not answer', async () => {
    const clock = new TestClock();
    const url = 'http://nobody.invalid/a.png';
    const sent = new Person(serverOf('a', clock), assistant).send([
      { type: 'image', transfer_method: 'remote_url', url },
    ]);

    assert.equal(await Promise.race([sent, clock.pass(3000)]), undefined);
    const [answered] = await Promise.all([sent, clock.pass(1000)]);
    assert.deepEqual([answered.status, messageOf(answered)], [400, `Reached maximum retries (3) for URL ${url}`]);
  });

  it('is described by an object', async () => {
    const answered = await person('b').send([{}, 'x']);

    assert.match(
      messageOf(answered),
      /^1 validation error for ChatRequestPayload\nfiles\.1\n {2}Input should be a valid dic/,
    );
  });

  it('may be another user’s on the older server only', async () => {
    for (const [generation, status] of [
      ['a', 200],
      ['b', 400],
    ] as const) {
      const server = serverOf(generation);
      const id = await new Person(server, assistant, 'bob').uploaded('a.png', 'image/png');

      assert.equal((await new Person(server, assistant).send([local(id)])).status, status, generation);
    }
  });

  it('is refused if it is one too many', async () => {
    const ada = person('b');
    const id = await ada.uploaded('a.png', 'image/png');
    const text = await ada.uploaded('a.txt');

    const pictures = await ada.send([local(id), local(id), local(id), local(id)]);
    const mixed = await ada.send([local(id), local(id), local(text, 'document'), local(text, 'document')]);

    assert.equal(messageOf(pictures), 'Number of image files exceeds the maximum limit 3');
    assert.equal(messageOf(mixed), 'Number of files exceeds the maximum limit 3');
  });

  it('counts as what it is found to be if it is sent as custom', async () => {
    const ada = person('b');
    const id = await ada.uploaded('main.ts', 'video/mp2t');

    assert.equal((await ada.send([local(id, 'custom')])).status, 200);
  });

  it('is ignored by an app without uploads', async () => {
    assert.equal((await person('b', plain).send([local('x'), {}])).status, 200);
  });

  it('names the text deltas of the older server, and is listed at the end of the newer one’s stream', async () => {
    for (const app of [assistant, teller]) {
      const remote = { type: 'image', transfer_method: 'remote_url', url: 'https://example.org/a.png?size=1' };

      const old = String((await person('a', app).send([remote], 'streaming')).body);
      const recent = String((await person('b', app).send([remote], 'streaming')).body);

      assert.match(old, /"event": "message_file".*"answer": "Seen\."/);
      assert.match(old, /"files": null\}/);
      assert.match(recent, /"event":"message".*"answer":"Seen\."/);
      assert.match(recent, /"filename":"a\.png","size":-1,"mime_type":"image\/png","transfer_method":"remote_url"/);
    }
  });
});

describe('the links of the demo server', () => {
  it('open a file for five minutes, without a key', async () => {
    const clock = new TestClock();
    const server = serverOf('a', clock);
    const { body } = await new Person(server, assistant).upload('a b.txt', { size: 5 });
    const { source_url: link } = body as { readonly source_url: string };
    const stranger = new Person(server, undefined);

    await clock.pass(300_000);
    const opened = await stranger.call('GET', link);
    await clock.pass(1_000);
    const late = await stranger.call('GET', link);

    assert.deepEqual([opened.status, opened.body], [200, 'xxxxx']);
    assert.equal(opened.headers.get('Content-Type'), 'text/plain; charset=utf-8');
    assert.deepEqual(late.body, {
      code: 'not_found',
      message: 'File not found or signature is invalid',
      status: 404,
    });
  });

  it('are of no use for another file', async () => {
    const ada = person('b');
    const one = (await ada.upload('a.txt')).body as { readonly id: string; readonly source_url: string };
    const other = await ada.uploaded('b.txt');

    assert.equal((await ada.call('GET', one.source_url.replace(one.id, other))).status, 404);
  });

  for (const [what, path, status, message] of [
    ['an upload', '/file-preview?', 400, '3 validation errors for FilePreviewQuery\ntimestamp'],
    ['an upload', '/file-preview?timestamp=1&nonce=2&sign=3', 404, 'File not found or signature is invalid'],
    ['a picture of long ago', '/image-preview?timestamp=1&sign=3', 400, '1 validation error for FileSignatureQuery'],
    ['a picture of long ago', '/image-preview?timestamp=1&nonce=2&sign=3', 404, 'File not found or signature is inva'],
    ['a tool’s file', '.png?nonce=2', 400, '2 validation errors for ToolFileQuery\ntimestamp'],
    ['a tool’s file', '.png?timestamp=1&nonce=2&sign=3', 403, 'Invalid request.'],
  ] as const) {
    it(`to ${what} need their signature: ${path}`, async () => {
      const folder = path.startsWith('.') ? '/files/tools/' : '/files/';
      const answered = await person('a').call('GET', `${folder}0b9e9a6e-7f0c-4c55-9d3f-1f2e3d4c5b6a${path}`);

      assert.equal(answered.status, status);
      assert.ok(messageOf(answered).startsWith(message), messageOf(answered));
    });
  }
});

describe('a preview of the demo server', () => {
  it('plays no page, and lets one seek in sound', async () => {
    const changes: FileUpload = { enabled: true, number_limits: 3, allowed_file_types: ['document', 'audio'] };
    const ada = person('b');
    const { parameters } = assistant ?? assert.fail();
    ada.server.owner.change(assistant?.key ?? '', { parameters: { ...parameters, file_upload: changes } });
    const page = await ada.uploaded('a.html', 'text/html');
    const sound = await ada.uploaded('a.mp3', 'audio/mpeg');
    await ada.send([local(page, 'document'), local(sound, 'audio')]);

    const shown = await ada.call('GET', `/v1/files/${page}/preview`);
    const played = await ada.call('GET', `/v1/files/${sound}/preview`);

    assert.equal(shown.headers.get('Content-Type'), 'application/octet-stream');
    assert.equal(shown.headers.get('Content-Disposition'), "attachment; filename*=UTF-8''a.html");
    assert.equal(played.headers.get('Accept-Ranges'), 'bytes');
  });
});

describe('an upload to the demo server', () => {
  it('may be as large as its kind may be, and no larger', async () => {
    const ada = person('b');
    const [image, other, sound, film] = ['png', 'txt', 'mp3', 'mp4'].map((extension) => sizeLimit(extension) / 2 ** 20);

    assert.deepEqual([image, other, sound, film], [10, 15, 50, 100]);
    assert.equal((await ada.upload('a.png', { size: 10 * 2 ** 20 })).status, 201);
    assert.deepEqual((await ada.upload('a.png', { size: 10 * 2 ** 20 + 1 })).body, {
      code: 'file_too_large',
      message: '',
      status: 413,
    });
  });

  it('has no extension behind a leading dot', async () => {
    const { body } = await person('b').upload('.gitignore');

    assert.equal((body as { readonly extension: string }).extension, '');
  });
});
