import { Uri, window } from 'vscode';
import type { SentFile } from '../../../conversation/conversation.ts';
import { thumbnailIn, type KeptUpload } from '../../../conversation/upload.ts';
import { fileTypeOf, takesFile } from '../../../dify/fileUpload.ts';
import type { App } from '../../app.ts';
import type { AppDetails } from '../../appDetails.ts';
import type { Apps } from '../../apps.ts';
import type { Clients } from '../../clients.ts';
import type { LocalFile } from '../../files/asks.ts';
import { localFileAt, localFilesAt, openFiles } from '../../files/localFiles.ts';
import { filesAgain, uploadsTo, type Uploads } from '../../files/uploads.ts';
import { working } from '../../files/working.ts';
import { t } from '../../words.ts';
import { openDocument, readFileText } from '../context/readText.ts';
import type { Acts } from '../part.ts';
import type { Talk } from '../talk.ts';
import { QuestionFiles } from './questionFiles.ts';
import { chooseRecording, transcribe, type RecordingPorts } from './recordings.ts';

interface Ports {
  readonly talk: Pick<Talk, 'app' | 'conversation' | 'onDidShow' | 'onDidHappen' | 'onDidForget' | 'addToDraft'> & {
    typedIn(appId: string, key: string): { readonly files: readonly KeptUpload[] } | undefined;
    keepTyped(appId: string, key: string, typed: { readonly files: readonly KeptUpload[] }): void;
  };
  readonly apps: Pick<Apps, 'find'>;
  readonly details: AppDetails;
  readonly clients: Clients;
}

/** The files beside questions, with the dialogs and files of VS Code. */
export interface ChatUploads {
  readonly files: QuestionFiles;
  /** Takes the file for one that goes along as it is; `false` for a text, which goes along as such. */
  readonly takeFile: (uri: Uri) => Promise<boolean>;
  /** Lets the person choose files. */
  readonly choose: () => Promise<void>;
  readonly transcribe: () => Promise<void>;
  /** The files as the server has them now, after it lost them; `undefined` where one is not to be had any more. */
  readonly renewed: (app: App, files: readonly SentFile[]) => Promise<readonly SentFile[] | undefined>;
  readonly acts: Pick<Acts, 'attachFiles' | 'transcribe' | 'attachBytes' | 'upload' | 'thumbnail'>;
}

export function uploadsInVscode({ talk, apps, details, clients }: Ports): ChatUploads {
  const uploads = (app: App): Uploads | undefined => {
    const limits = details.knownParameters(app)?.systemParameters;
    return limits && uploadsTo(clients.of(app), limits);
  };
  const kept = {
    of: (appId: string, key: string) => talk.typedIn(appId, key)?.files ?? [],
    keep: (appId: string, key: string, attached: readonly KeptUpload[]) =>
      talk.keepTyped(appId, key, { files: attached }),
  };
  const files = new QuestionFiles({ talk, apps, details, uploads, kept, find, say: warn });
  const recording: RecordingPorts = {
    talk,
    client: (app) => clients.of(app),
    asks: { openFiles, working, warn },
  };
  const taking = { files, recording, hears: () => isHearing(talk.app, details) };
  const choose = (): Promise<void> => chooseFiles(files);
  const transcribeOne = (): Promise<void> => chooseRecording(recording);
  return {
    files,
    takeFile: (uri) => takeFile(uri, taking),
    choose,
    transcribe: transcribeOne,
    renewed: async (app, lost) => {
      const to = uploads(app);
      return to && (await filesAgain(lost, { working }, to));
    },
    acts: {
      attachFiles: choose,
      transcribe: transcribeOne,
      attachBytes: ({ name, content, thumbnail }) => take(fileOf(name, content, thumbnail), taking),
      upload: ({ what, key }) => (what === 'remove' ? files.remove(key) : files.retry(key)),
      thumbnail: ({ key, picture }) => files.setThumbnail(key, picture),
    },
  };
}

async function find(uri: string): Promise<LocalFile | undefined> {
  return await localFileAt(Uri.parse(uri, true));
}

async function chooseFiles(files: QuestionFiles): Promise<void> {
  const takes = await files.takes();
  // Says that the app takes none.
  if (takes === undefined) return await files.add([]);
  const chosen = await openFiles({ type: 'file-list', label: t('Attach Files'), files: takes.rules });
  if (chosen !== undefined) await files.add(chosen);
}

/** What becomes of a file that is no text: a recording may become one. */
interface Taking {
  readonly files: QuestionFiles;
  readonly recording: RecordingPorts;
  /** Whether the app turns recordings into text. */
  readonly hears: () => boolean;
}

async function takeFile(uri: Uri, taking: Taking): Promise<boolean> {
  if (await isText(uri)) return false;
  if ((await wayOf(uri.path, taking)) === undefined) return false;
  const [file] = await localFilesAt([uri]);
  if (file !== undefined) await take(file, taking);
  return true;
}

async function take(file: LocalFile, taking: Taking): Promise<void> {
  if ((await wayOf(file.name, taking)) === 'text') await offerToTranscribe(file, taking.recording);
  else await taking.files.add([file]);
}

/** As what it goes along; `undefined` for not at all. */
async function wayOf(name: string, { files, hears }: Taking): Promise<'file' | 'text' | undefined> {
  const takes = await files.takes();
  const isRecording = fileTypeOf(name) === 'audio' && hears();
  if (isRecording && !(takes !== undefined && takesFile(takes.rules, name))) return 'text';
  return takes === undefined ? undefined : 'file';
}

/** Offers to transcribe a recording that the app does not take as a file. */
async function offerToTranscribe(file: LocalFile, ports: RecordingPorts): Promise<void> {
  const yes = t('Transcribe');
  const question = t('Put what is said in {file} into the message as text?', { file: file.name });
  if ((await window.showInformationMessage(question, yes)) === yes) await transcribe(file, ports);
}

/** Whether the text of it can go along. What is too large for that is no text here. */
async function isText(uri: Uri): Promise<boolean> {
  if (openDocument(uri) !== undefined) return true;
  try {
    return 'text' in (await readFileText(uri));
  } catch {
    // What cannot be read is told where it is read as text.
    return true;
  }
}

function isHearing(app: App | undefined, details: AppDetails): boolean {
  return app !== undefined && details.knownParameters(app)?.speechToText === true;
}

/** A file that a page brought: pasted, or dropped from outside of VS Code. */
function fileOf(name: string, base64: string, picture: string): LocalFile {
  const bytes = Buffer.from(base64, 'base64');
  const thumbnail = thumbnailIn(picture);
  const file = { name: name || t('Picture.png'), size: bytes.length, read: () => Promise.resolve(bytes) };
  return thumbnail === undefined ? file : { ...file, thumbnail };
}

function warn(sentence: string): void {
  void window.showWarningMessage(sentence);
}
