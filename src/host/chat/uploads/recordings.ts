import { describe } from '../../../conversation/failure.ts';
import { sizeOf } from '../../../conversation/fileProblem.ts';
import { audioExtensions, audioToText, audioTypeOf, largestAudio } from '../../../dify/audio.ts';
import type { DifyClient } from '../../../dify/client.ts';
import type { App } from '../../app.ts';
import type { InputAsks, LocalFile } from '../../files/asks.ts';
import { t, wordsFor } from '../../words.ts';
import type { Talk } from '../talk.ts';

export interface RecordingPorts {
  readonly talk: Pick<Talk, 'app' | 'addToDraft'>;
  readonly client: (app: App) => DifyClient;
  readonly asks: Pick<InputAsks, 'openFiles' | 'working' | 'warn'>;
}

/** Lets the person choose a recording, and puts what is said in it under what is typed: VS Code gives extensions no microphone. */
export async function chooseRecording(ports: RecordingPorts): Promise<void> {
  const extensions = audioExtensions.map((extension) => `.${extension}`);
  const files = { allowedFileTypes: ['custom'], allowedFileExtensions: extensions, allowedFileUploadMethods: [] };
  const chosen = await ports.asks.openFiles({ type: 'file', label: t('Recording to Transcribe'), files });
  for (const file of chosen ?? []) await transcribe(file, ports);
}

/** Puts what is said in the recording under what is typed; what goes wrong is told. */
export async function transcribe(file: LocalFile, { talk, client, asks }: RecordingPorts): Promise<void> {
  const { app } = talk;
  if (app === undefined) return;
  const { name } = file;
  const type = audioTypeOf(name, '');
  if (type === undefined) return asks.warn(refusal(name));
  if (file.size > largestAudio) {
    const words = { file: name, size: sizeOf(file.size), limit: sizeOf(largestAudio) };
    return asks.warn(t('{file} is {size}. The limit is {limit}.', words));
  }
  try {
    const said = await asks.working(t('Transcribing {file}…', { file: name }), async (told, signal) => {
      const content = await file.read();
      const audio = { name, type, size: content.length, content };
      return await audioToText(client(app), audio, signal, (sent, size) => told((100 * sent) / size));
    });
    if (said === undefined) return;
    if (said.trim() === '') asks.warn(t('Nothing was understood in {file}.', { file: name }));
    else await talk.addToDraft(said);
  } catch (error) {
    const { fact, advice } = describe(error, wordsFor(app));
    asks.warn(t('{file}: {problem}', { file: name, problem: [fact, advice].join(' ').trim() }));
  }
}

function refusal(file: string): string {
  return t('{file}: this app accepts {types}. Remove it or convert it.', { file, types: audioExtensions.join(', ') });
}
