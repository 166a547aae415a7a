import { describe } from '../../../conversation/failure.ts';
import { fileProblem } from '../../../conversation/fileProblem.ts';
import { kindOf, type FieldFile, type FormValues } from '../../../conversation/inputForm.ts';
import type { FormState } from '../../../conversation/protocol.ts';
import type { InputControl } from '../../../dify/inputForm.ts';
import { hostOf, type App } from '../../app.ts';
import type { AppDetails } from '../../appDetails.ts';
import type { LocalFile } from '../../files/asks.ts';
import { uploadLocal, type Uploads } from '../../files/uploads.ts';
import { t, wordsFor } from '../../words.ts';
import { isFiles } from './formValues.ts';

export interface FormFilePorts {
  readonly details: Pick<AppDetails, 'knownParameters'>;
  /** Files by the editor's own dialog; `undefined` if the person chose none. */
  readonly choose: (control: InputControl) => Promise<readonly LocalFile[] | undefined>;
  /** The files at these addresses, as `text/uri-list` has them, if the person means them. @param host where they would go */
  readonly dropped: (uris: string, host: string) => Promise<readonly LocalFile[]>;
  readonly uploads: (app: App) => Uploads | undefined;
}

/** A file field of the form of one conversation. */
export interface FileField {
  readonly app: App;
  readonly key: string;
  readonly control: InputControl;
}

/** Where files go, and what is said of them. */
interface FileSink {
  values(field: FileField): FormValues;
  keep(field: FileField, values: FormValues): void;
  /** @param problems sentences by variable */
  refuse(field: FileField, problems: Readonly<Record<string, string>>): void;
  changed(): void;
}

interface Upload {
  readonly field: FileField;
  readonly name: string;
  readonly stop: AbortController;
  percent: number;
}

/** Brings files into the fields of forms: each is checked before anything of it is sent. */
export class FormFiles {
  readonly #ports: FormFilePorts;
  readonly #sink: FileSink;
  readonly #running = new Set<Upload>();

  constructor(ports: FormFilePorts, sink: FileSink) {
    this.#ports = ports;
    this.#sink = sink;
  }

  /** What is on its way to the form of a conversation. */
  uploads(key: string): FormState['uploads'] {
    return [...this.#running]
      .filter(({ field }) => field.key === key)
      .map(({ field, name, percent }) => ({ variable: field.control.variable, name, percent }));
  }

  async choose(field: FileField): Promise<void> {
    await this.#add(field, (await this.#ports.choose(field.control)) ?? []);
  }

  async drop(field: FileField, uris: string): Promise<void> {
    await this.#add(field, await this.#ports.dropped(uris, hostOf(field.app)));
  }

  cancel(field: FileField, name: string): void {
    for (const upload of this.#running) if (isOf(upload, field) && upload.name === name) upload.stop.abort();
  }

  async #add(field: FileField, chosen: readonly LocalFile[]): Promise<void> {
    const uploads = this.#ports.uploads(field.app);
    if (uploads === undefined) return;
    const running = this.#fitting(field, chosen, uploads).map((file) => ({ file, upload: this.#begin(field, file) }));
    this.#sink.changed();
    for (const { file, upload } of running) {
      await this.#upload(file, upload, uploads);
      this.#running.delete(upload);
      this.#sink.changed();
    }
  }

  #begin(field: FileField, { name }: LocalFile): Upload {
    const upload = { field, name, stop: new AbortController(), percent: 0 };
    this.#running.add(upload);
    return upload;
  }

  async #upload(file: LocalFile, upload: Upload, uploads: Uploads): Promise<void> {
    const { field, stop } = upload;
    const { control, app } = field;
    const told = (percent: number): void => {
      // Bytes arrive in hundreds of pieces; a person sees whole steps.
      if (Math.floor(percent) === upload.percent) return;
      upload.percent = Math.floor(percent);
      this.#sink.changed();
    };
    const working = async <T>(_: string, work: Work<T>): Promise<T | undefined> =>
      stop.signal.aborted ? undefined : await work(told, stop.signal);
    try {
      const added = await uploadLocal(file, control.files?.allowedFileTypes, { working }, uploads);
      if (added !== undefined && !stop.signal.aborted) this.#keep(field, added);
    } catch (error) {
      if (stop.signal.aborted) return;
      const { fact, advice } = describe(error, wordsFor(app));
      const sentence = t('{file}: {problem}', { file: file.name, problem: [fact, advice].join(' ').trim() });
      this.#sink.refuse(field, { [control.variable]: sentence });
    }
  }

  #keep(field: FileField, added: FieldFile): void {
    const { control } = field;
    const before = kindOf(control) === 'files' ? this.#filesOf(field) : [];
    this.#sink.keep(field, { [control.variable]: [...before, added] });
  }

  /** Those that the app takes; of the others the person is told why. */
  #fitting(field: FileField, chosen: readonly LocalFile[], { limits }: Uploads): readonly LocalFile[] {
    const { control } = field;
    const problems = chosen.map((file) => fileProblem(control, file, limits, t));
    const fitting = chosen.filter((_, index) => problems[index] === '');
    const isList = kindOf(control) === 'files';
    const taken = this.#filesOf(field).length + [...this.#running].filter((upload) => isOf(upload, field)).length;
    const room = isList ? Math.max(0, (control.maxLength ?? Infinity) - taken) : 1;
    const tooMany = fitting.length > room ? [t('The app takes {n} files at most.', { n: control.maxLength ?? 1 })] : [];
    const said = [...new Set([...problems.filter((problem) => problem !== ''), ...tooMany])];
    if (said.length > 0) this.#sink.refuse(field, { [control.variable]: said.join(' ') });
    return fitting.slice(0, room);
  }

  #filesOf(field: FileField): readonly FieldFile[] {
    const value = this.#sink.values(field)[field.control.variable];
    return isFiles(value) ? value : [];
  }
}

type Work<T> = (told: (percent: number) => void, signal: AbortSignal) => Promise<T>;

function isOf(upload: Upload, { key, control }: FileField): boolean {
  return upload.field.key === key && upload.field.control.variable === control.variable;
}
