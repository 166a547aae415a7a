import type { SentFile } from '../../src/conversation/conversation.ts';
import type { ChatState } from '../../src/conversation/protocol.ts';
import type { Upload } from '../../src/conversation/upload.ts';
import { app, conversation, done, message, picture, state, usage } from './states.ts';
import { context } from './composerStates.ts';

/** A file beside the question that differs from an uploaded document in these members. */
export function upload(change: Partial<Upload>): Upload {
  const file = { key: 'u', name: 'plan.pdf', type: 'document', size: 420_000, thumbnail: undefined };
  return { ...file, state: 'ready', percent: 100, problem: '', canRetry: true, picture: undefined, ...change };
}

/** A file that was sent. */
export function sentFile(name: string): SentFile {
  return { name, type: 'document', size: 420_000, mapping: {}, thumbnail: undefined };
}

/** An app that takes files and recordings. */
export const filesApp = { ...app, takesFiles: 'images, documents, up to 3, 10 MB–15 MB each', hears: true };

export const uploading = [
  upload({ key: 'u1', name: 'board.png', type: 'image', state: 'uploading', percent: 61 }),
  upload({
    key: 'u2',
    name: 'dump.zip',
    type: 'custom',
    state: 'failed',
    canRetry: false,
    problem: 'dump.zip: this app accepts images, documents. Remove it or convert it.',
  }),
  upload({ key: 'u3' }),
  upload({ key: 'u4', name: 'screen.png', type: 'image', thumbnail: picture }),
  upload({
    key: 'u5',
    name: 'a very long name of a document that nobody would have written by hand, version 12 (final).docx',
    state: 'failed',
    problem: 'report.docx: Dify cannot be reached.',
  }),
];

/** States of files, by the name that their picture gets. */
export const uploadStates: Readonly<Record<string, () => ChatState>> = {
  uploads: () => ({
    ...state({
      app: filesApp,
      draft: 'Which of these boards is the new one?',
      contexts: [context({ key: 'a', kind: 'file', lines: undefined, size: 4_200 })],
      uploads: uploading,
    }),
    conversation: conversation(message('1', 'Retry function', { text: 'Done.', status: done, usage })),
  }),
  uploadsSent: () => ({
    ...state({ app: filesApp }),
    conversation: conversation({
      ...message('1', 'What is in the picture?', { text: 'A dot.', status: done, usage }),
      contexts: [context({ key: 'a' })],
      files: [
        { ...sentFile('screen.png'), type: 'image', thumbnail: picture },
        sentFile('plan of the second floor with all of its rooms and doors.pdf'),
        { ...sentFile('ring.mp3'), type: 'audio' },
        { ...sentFile('walk.mp4'), type: 'video' },
        { ...sentFile('a.ts'), type: 'custom' },
      ],
    }),
  }),
  uploadsPlus: () => state({ app: filesApp }),
  uploadsDrop: () => state({ app: filesApp }),
};
