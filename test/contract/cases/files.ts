import {
  answered,
  blockingQuestion,
  holds,
  one,
  question,
  refusedInputs,
  rowsOf,
  same,
  stranger,
  unknownId,
} from '../asking.ts';
import type { Case } from '../case.ts';
import { graphModes, modes } from '../modes.ts';
import { type Part, dot, multipart } from '../multipart.ts';
import type { Expected, Fields } from '../ask.ts';
import type { Probe } from '../probe.ts';

const created: Expected = { status: 201 };
const invalid = { status: 400, code: 'invalid_param' } as const;
const picture: Part = { name: 'file', content: dot, filename: 'dot.png', type: 'image/png' };
const note: Part = { name: 'file', content: 'A note of one line.', filename: 'note.txt', type: 'text/plain' };

function userPart(user: string): Part {
  return { name: 'user', content: user };
}

function upload(
  name: string,
  parts: readonly Part[],
  expected: Expected | ((app: Probe) => Expected),
  check?: (file: Fields) => void,
): Case {
  return {
    name,
    run: async (app) => {
      const ask = multipart('/files/upload', [...parts, userPart(app.user)]);
      const { json } = await app.send(ask, typeof expected === 'function' ? expected(app) : expected);
      check?.(json);
    },
  };
}

function named(filename: string): Part {
  return { ...note, filename };
}

async function uploaded(app: Probe, part: Part = picture, user: string = app.user): Promise<Fields> {
  return (await app.send(multipart('/files/upload', [part, userPart(user)]), created)).json;
}

/** How a question names an uploaded file. */
function mappingOf(file: Fields, type: string): Fields {
  return { type, transfer_method: 'local_file', upload_file_id: file['id'] };
}

/** Signs that only the older server refuses. */
const olderOnly: readonly string[] = [':', '*', '?', '<', '>', '|'];

const uploads: readonly Case[] = [
  upload('a picture is uploaded', [picture], created, (file) => {
    same('the extension', file['extension'], 'png');
    same('the type', file['mime_type'], 'image/png');
    same('the size', file['size'], dot.length);
  }),
  upload('an extension is told in small letters', [named('A.TXT')], created, (file) =>
    same('it', file['extension'], 'txt'),
  ),
  upload('a file without an extension is taken', [named('README')], created, (file) =>
    same('it', file['extension'], ''),
  ),
  upload('an empty file is taken', [{ ...note, content: '' }], created),
  upload('a program is taken', [{ ...note, filename: 'x.exe', type: 'application/octet-stream' }], created),
  upload('a name in Chinese is taken', [named('会议纪要.md')], created),
  upload('of two files the first is taken', [picture, note], created, (file) =>
    same('the name', file['name'], 'dot.png'),
  ),
  ...olderOnly.map((sign) =>
    upload(`a name with ${sign} is refused by the older server`, [named(`a${sign}b.txt`)], ({ generation }) =>
      generation === 'a' ? invalid : created,
    ),
  ),
  upload('a name with / is refused', [named('a/b.txt')], invalid),
  upload('files in parts of other names are too many', [picture, { ...note, name: 'other' }], {
    status: 400,
    code: 'too_many_files',
  }),
  upload('an upload without a file is none', [], { status: 400, code: 'no_file_uploaded' }),
  upload('a file needs a name', [named('')], { status: 400, code: 'filename_not_exists_error' }),
  upload('a file in a part of another name is none', [{ ...note, name: 'other' }], {
    status: 400,
    code: 'no_file_uploaded',
  }),
  upload('a file needs a type', [{ name: 'file', content: 'x', filename: 'x.txt' }], {
    status: 415,
    code: 'unsupported_file_type',
  }),
  upload('a document has at most 15 MB', [{ ...note, content: new Uint8Array(15 * 1024 * 1024 + 1) }], {
    status: 413,
    code: 'file_too_large',
  }),
  upload('a picture has at most 10 MB', [{ ...picture, content: new Uint8Array(10 * 1024 * 1024 + 1) }], {
    status: 413,
    code: 'file_too_large',
  }),
  one('an upload is no JSON', { path: '/files/upload', body: {} }, { status: 400, code: 'no_file_uploaded' }),
  {
    name: 'an upload needs no user',
    run: async (app) => {
      await app.send(multipart('/files/upload', [picture]), created);
    },
  },
];

const previews: readonly Case[] = [
  one(
    'an unknown file has no preview',
    { path: `/files/${unknownId}/preview` },
    { status: 404, code: 'file_not_found' },
  ),
  {
    name: 'a file has no preview before a message uses it',
    run: async (app) => {
      const { id } = await uploaded(app);
      await app.send({ path: `/files/${String(id)}/preview` }, { status: 404, code: 'file_not_found' });
    },
  },
  {
    name: 'a file that a message uses has a preview',
    modes: ['chat', 'advanced-chat'],
    needs: ['uploads'],
    run: async (app) => {
      const file = await uploaded(app);
      await answered(app, undefined, { files: [mappingOf(file, 'image')] });
      const path = `/files/${String(file['id'])}/preview`;
      await app.send({ path }, { status: 200, type: 'image/png' });
      await app.send({ path, query: { user: stranger() } }, { status: 200, type: 'image/png' });
      const other = app.other('completion');
      if (other !== undefined) {
        const headers = { Authorization: `Bearer ${other.key}` };
        await app.send({ path, headers }, { status: 403, code: 'file_access_denied' });
      }
      await app.send({ path, query: { as_attachment: 'true' } }, { status: 200, type: 'application/octet-stream' });
    },
  },
];

const messages: readonly Case[] = [
  {
    name: 'a picture goes with a question and shows in the history',
    modes: ['chat', 'advanced-chat'],
    needs: ['uploads'],
    run: async (app) => {
      const file = await uploaded(app);
      const { conversationId } = await answered(app, undefined, { files: [mappingOf(file, 'image')] });
      const history = await app.send(
        { path: '/messages', query: { conversation_id: conversationId } },
        { status: 200 },
      );
      const [shown] = (rowsOf(history)[0]?.['message_files'] ?? []) as readonly Fields[];
      same('the file', shown?.['filename'], 'dot.png');
      holds('an address', typeof shown?.['url'] === 'string');
    },
  },
  {
    name: 'text with a file is called message_file by the older server',
    modes: ['chat', 'completion'],
    needs: ['uploads'],
    run: async (app) => {
      const { events } = await answered(app, undefined, { files: [mappingOf(await uploaded(app), 'image')] });
      const names = new Set(events.filter(({ answer }) => typeof answer === 'string').map(({ event }) => event));
      same('the name', [...names], [app.generation === 'a' ? 'message_file' : 'message']);
    },
  },
  {
    name: 'files for an app that takes none are ignored',
    modes: ['completion', 'chat', 'advanced-chat'],
    needs: ['no-uploads'],
    run: async (app) => {
      const { events } = await answered(app, undefined, { files: [mappingOf(await uploaded(app), 'image')] });
      holds(
        'no message_file',
        events.every(({ event }) => event !== 'message_file'),
      );
    },
  },
  ...Object.entries({
    'an unknown file is refused': { type: 'image', transfer_method: 'local_file', upload_file_id: unknownId },
    'a file is named by a UUID': { type: 'image', transfer_method: 'local_file', upload_file_id: 'abc' },
    'there is no such type of file': { type: 'nothing', transfer_method: 'local_file', upload_file_id: unknownId },
  }).map(([name, mapping]): Case => ({
    name,
    modes: ['chat', 'completion', 'advanced-chat'],
    needs: ['uploads'],
    run: (app) => refusedInputs(app, question(app, undefined, { files: [mapping] })),
  })),
  {
    name: 'another user’s file is refused by the newer server',
    modes: ['chat'],
    needs: ['uploads'],
    run: async (app) => {
      const ask = question(app, undefined, { files: [mappingOf(await uploaded(app, picture, stranger()), 'image')] });
      await (app.generation === 'a' ? app.send(ask, { status: 200, end: 'done' }) : refusedInputs(app, ask));
    },
  },
  {
    name: 'a workflow looks whether a file is what it is said to be',
    modes: ['workflow'],
    run: async (app) => {
      const file = await uploaded(app, note);
      await refusedInputs(app, question(app, undefined, { files: [mappingOf(file, 'image')] }));
      await refusedInputs(app, blockingQuestion(app, undefined, { files: [mappingOf(file, 'image')] }));
    },
  },
  {
    name: 'a file goes into a field of the form',
    modes: graphModes,
    needs: ['input:file'],
    run: async (app) => {
      const field = app.app.form.find(({ type }) => type === 'file');
      const file = await uploaded(app, note);
      const inputs = { ...app.inputs(), [field?.variable ?? '']: mappingOf(file, 'document') };
      await app.send(question(app, undefined, { inputs }), { status: 200, end: 'done' });
    },
  },
  {
    name: 'an unknown file in a field of the form is refused',
    modes: graphModes,
    needs: ['input:file'],
    run: async (app) => {
      const field = app.app.form.find(({ type }) => type === 'file');
      const mapping = { type: 'document', transfer_method: 'local_file', upload_file_id: unknownId };
      await refusedInputs(
        app,
        question(app, undefined, { inputs: { ...app.inputs(), [field?.variable ?? '']: mapping } }),
      );
    },
  },
];

const links: readonly Case[] = [
  {
    name: 'the address of a file opens without a key, but only as it was signed',
    modes: ['chat', 'advanced-chat'],
    needs: ['uploads'],
    run: async (app) => {
      const { conversationId } = await answered(app, undefined, { files: [mappingOf(await uploaded(app), 'image')] });
      const history = await app.send(
        { path: '/messages', query: { conversation_id: conversationId } },
        { status: 200 },
      );
      const [shown] = (rowsOf(history)[0]?.['message_files'] ?? []) as readonly Fields[];
      const { pathname, search } = new URL(String(shown?.['url']), 'http://localhost');
      const ask = { path: `/${pathname}${search}`, query: { user: undefined }, headers: { Authorization: undefined } };
      const type = app.generation === 'a' ? 'image/png' : 'application/octet-stream';
      await app.send(ask, { status: 200, type });
      await app.send({ ...ask, path: ask.path.replace(/sign=../, 'sign=xx') }, { status: 404, code: 'not_found' });
    },
  },
];

/** Uploads, and files with questions. */
export const fileCases: readonly Case[] = [
  ...uploads.map((each) => ({ ...each, modes: each.modes ?? modes.filter((mode) => mode !== 'agent') })),
  ...previews,
  ...messages,
  ...links,
];
