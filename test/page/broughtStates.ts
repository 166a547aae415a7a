import { type AppFace } from '../../src/conversation/appFace.ts';
import { emptyChat, type ChatState } from '../../src/conversation/protocol.ts';
import { newRun, type Run } from '../../src/conversation/run.ts';
import type { Citation, DifyFile } from '../../src/dify/metadata.ts';
import type { ChatPage } from './chatPage.ts';
import { someConversation, someMessage } from '../support/conversations.ts';

export function citation(position: number, document_name: string, change: Partial<Citation> = {}): Citation {
  return {
    position,
    document_name,
    dataset_name: 'Manuals',
    document_id: document_name,
    segment_id: `s${position}`,
    score: 0.87,
    segment_position: 3,
    hit_count: 4,
    content: 'Hold the reset button for 10 seconds. The light turns amber while the partition is written.',
    ...change,
  };
}

export function answerFile(filename: string, change: Partial<DifyFile> = {}): DifyFile {
  const url = `/files/tools/${filename.replaceAll(' ', '-')}?timestamp=1&nonce=2&sign=3`;
  return {
    id: filename,
    type: 'document',
    filename,
    mime_type: '',
    size: 4_300,
    url,
    belongs_to: 'assistant',
    ...change,
  };
}

export const wiring = answerFile('wiring.png', { type: 'image', mime_type: 'image/png' });

const files: readonly DifyFile[] = [
  wiring,
  answerFile('front panel.png', { type: 'image', size: 0 }),
  answerFile('checklist of everything that there is to check.pdf'),
  answerFile('rates.csv'),
  answerFile('beep.mp3', { type: 'audio' }),
  answerFile('plan.docx', { url: 'https://cdn.example.com/plan.docx' }),
  answerFile('log.zip'),
  answerFile('more.txt'),
];

const citations: readonly Citation[] = [
  citation(1, 'router.md'),
  citation(2, 'X200 manual.pdf', { score: undefined, hit_count: 1 }),
  citation(3, 'router.md', { content: 'After a factory reset every profile is gone.\n\nExport the profiles first.' }),
  citation(4, 'ticket 3921'),
  citation(5, 'a-document-with-a-very-long-name-that-has-to-be-cut-somewhere.md'),
  citation(6, ''),
  citation(7, 'the last one.txt'),
];

/** An answer with pictures of the app's own server, and one from elsewhere. */
const withPictures = `Hold the reset button for **10 seconds**.

![Wiring](${wiring.url})

![Channel plan](/files/tools/plan.png?sign=1) and elsewhere ![Logo](https://cdn.example.com/logo.png)`;

/** A whole answer. */
export function answerWith(run: Partial<Run>, change: Partial<ChatState> = {}, app?: AppFace): ChatState {
  const message = someMessage({
    key: '1',
    query: 'What does this light mean?',
    askedAt: new Date(2026, 4, 14, 10, 31).getTime(),
    run: { ...newRun, status: { type: 'done' }, messageId: 'm', ...run },
  });
  return { ...emptyChat, app, conversation: someConversation({ key: 'k1', id: 'c1', messages: [message] }), ...change };
}

/** What answers use and bring: sources, files, pictures. @param picture a `data:` address */
export const broughtStates = (app: AppFace, picture: () => string): Readonly<Record<string, () => ChatState>> => ({
  brought: () =>
    answerWith(
      { text: 'Hold the reset button for **10 seconds**.', citations, files },
      {
        fetched: {
          '/files/tools/wiring.png': { state: 'shown', data: picture(), problem: '' },
          '/files/tools/front-panel.png': { state: 'fetching', data: '', problem: '' },
          '/files/tools/rates.csv': { state: 'expired', data: '', problem: '' },
          'https://cdn.example.com/plan.docx': {
            state: 'failed',
            data: '',
            problem: 'No server is called cdn.example.com. Check the spelling, or whether this computer needs a VPN.',
          },
        },
        sources: {
          '1 0': { state: 'found', path: 'docs/router.md', lines: [12, 20] },
          '1 2': { state: 'looking', path: '', lines: undefined },
          '1 1': { state: 'none', path: '', lines: undefined },
        },
      },
      app,
    ),
  'brought-pictures': () =>
    answerWith(
      { text: withPictures },
      {
        fetched: { '/files/tools/wiring.png': { state: 'shown', data: picture(), problem: '' } },
      },
      app,
    ),
});

/** What is pressed before the picture is taken. */
export const broughtSteps: Readonly<Record<string, (chat: ChatPage) => Promise<void>>> = {
  brought: async (chat) => {
    await chat.page.getByRole('button', { name: '1, 3 router.md' }).click();
    await chat.painted();
  },
};

/** What an answer brought, all of it called by these texts. */
export function broughtAs(texts: readonly string[]): Partial<Run> {
  return {
    citations: texts.map((text, n) => citation(n, text, { dataset_name: text, content: text })),
    files: texts.map((text) => answerFile(text, { type: 'image', url: text, mime_type: text })),
  };
}
