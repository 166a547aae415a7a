import assert from 'node:assert/strict';
import { largestAudio } from '../../../../../src/dify/audio.ts';
import type { App } from '../../../../../src/host/app.ts';
import { chooseRecording, transcribe, type RecordingPorts } from '../../../../../src/host/chat/uploads/recordings.ts';
import type { LocalFile } from '../../../../../src/host/files/asks.ts';
import type { ChatWindow } from '../../../../support/chatWindow.ts';
import { neverAborted } from '../../../../support/difyClient.ts';
import { file, FilesWorld } from './filesWorld.ts';

for (const generation of ['a', 'b'] as const) {
  describe(`A recording, on generation ${generation}`, () => {
    let window: ChatWindow;
    let warned: string[];
    let percents: number[];
    let ports: RecordingPorts;

    async function open(name: string): Promise<void> {
      window = await new FilesWorld(generation, name).open();
      warned = [];
      percents = [];
      ports = {
        talk: window.chat,
        client: (app: App) => window.clients.of(app),
        asks: {
          openFiles: async ({ files }) => {
            assert.ok(files?.allowedFileExtensions.includes('.m4a'));
            return [file('memo.wav', new Uint8Array(200_000))];
          },
          working: (_, work) => work((percent) => percents.push(percent), neverAborted),
          warn: (sentence) => warned.push(sentence),
        },
      };
    }

    const said = async (recording: LocalFile): Promise<readonly [string | undefined, readonly string[]]> => {
      await transcribe(recording, ports);
      return [window.chat.shown?.typed.text, warned];
    };

    it('becomes text under what is typed', async () => {
      await open('Speaking chat');
      window.chat.draft('Sum up:');
      await chooseRecording(ports);

      assert.deepEqual([window.chat.shown?.typed.text, warned], ['Sum up:\n\nhello from the microphone', []]);
      assert.ok(percents.some((percent) => percent > 0 && percent < 100));
      assert.equal(percents.at(-1), 100);
    });

    it('is refused in words before it is sent, where Dify would not take it', async () => {
      await open('Speaking chat');
      const large = { ...file('a.mp3'), size: largestAudio + 1, read: () => assert.fail('was read') };
      await said({ ...file('a.webm'), read: () => assert.fail('was read') });
      assert.deepEqual(await said(large), [
        '',
        [
          'a.webm: this app accepts mp3, mpga, mpeg, m4a, mp4, wav, amr. Remove it or convert it.',
          'a.mp3 is 30.1 MB. The limit is 30 MB.',
        ],
      ]);
    });

    it('says why the server did not take it, and nothing where the person gave up', async () => {
      await open('Plain chat');
      const [, [why]] = await said(file('a.wav'));
      assert.match(why ?? '', /^a\.wav: .*Speech to text is not enabled/);
      ports = { ...ports, asks: { ...ports.asks, working: () => Promise.resolve(undefined) } };
      assert.equal((await said(file('a.wav')))[1].length, 1);
    });
  });
}
