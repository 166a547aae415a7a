import assert from 'node:assert/strict';
import type { InputAsks, LocalFile, Said } from '../../../../../src/host/files/asks.ts';
import { changeInputs } from '../../../../../src/host/actions/inputs/changeInputs.ts';
import {
  completeInputs,
  type Completed,
  type FormRequest,
} from '../../../../../src/host/actions/inputs/completeInputs.ts';
import type { Uploads } from '../../../../../src/host/files/uploads.ts';
import { Memory } from '../../../../../src/host/memory.ts';
import { readFileLimits } from '../../../../../src/dify/fileUpload.ts';
import { readInputControl, type InputControl } from '../../../../../src/dify/inputForm.ts';
import type { Fields } from '../../../../../src/dify/json.ts';

/**
 * What a person does: types a text and presses Enter (`'text'`), types and leaves (`'~back text'`, `'~esc text'`), picks a row by its
 * words (`'> Words'`), writes in an editor (`'| lines'`), looks at all fields (`'all'`), goes back (`'back'`), gives up (`'esc'`).
 */
export type Deed = string;

export interface Played {
  readonly result: Completed | undefined;
  /** What was asked and told. */
  readonly heard: readonly string[];
  /** Names of the files that were uploaded. */
  readonly uploaded: readonly string[];
  readonly remembered: Memory;
}

export interface Scene {
  readonly form: readonly Fields[];
  readonly filled?: Readonly<Record<string, string>>;
  /** Instead of `filled`: the inputs that are to be changed. */
  readonly inputs?: Fields;
  readonly remembered?: Memory;
  /** What the dialog for files gives: name and size. */
  readonly files?: readonly (readonly [string, number])[];
  /** Whether uploads are cancelled. */
  readonly cancels?: boolean;
}

export function controlsOf(form: readonly Fields[]): readonly InputControl[] {
  return form.flatMap(readInputControl);
}

/** Plays the asking with a person who does this; what is asked beyond it fails the test. */
export async function play(deeds: readonly Deed[], scene: Scene): Promise<Played> {
  const heard: string[] = [];
  const uploaded: string[] = [];
  const { remembered = new Memory(), filled = {}, inputs } = scene;
  const uploads: Uploads = {
    limits: readFileLimits({}),
    upload: async (file) => {
      uploaded.push(file.name);
      return { ...emptyUpload, id: `id-${uploaded.length}`, name: file.name };
    },
  };
  const left = [...deeds];
  const asks = asking(left, heard, scene);
  const request: FormRequest = {
    app: { id: 'app-1', name: 'Writer' },
    recipe: { id: 'polish' },
    form: controlsOf(scene.form),
    filled,
    remembered,
    uploads,
  };
  const result =
    inputs === undefined ? await completeInputs(request, asks) : await changeInputs({ ...request, inputs }, asks);
  assert.deepEqual(left, [], `not asked for; heard: ${heard.join('\n')}`);
  return { result, heard, uploaded, remembered };
}

function asking(deeds: string[], heard: string[], scene: Scene): InputAsks {
  const next = (asked: string): string => {
    heard.push(asked);
    return deeds.shift() ?? assert.fail(`nothing is said to “${asked}”; heard:\n${heard.join('\n')}`);
  };
  const files = async (): Promise<readonly LocalFile[]> =>
    (scene.files ?? []).map(([name, size]) => ({ name, size, read: async () => new Uint8Array(size) }));
  return {
    line: async ({ title, value, counted, problem, changed, hasMore }) => {
      for (let stands = value; ;) {
        const deed = next([title, stands, counted(stands)].filter((word) => word !== '').join(' | '));
        if (deed === 'all') assert.ok(hasMore, 'there is nothing more');
        const left = leaving(deed);
        if (left !== undefined) {
          if (left.typed !== undefined) changed(left.typed);
          return left.said;
        }
        const text = deed.startsWith('| ') ? deed.slice(2) : deed;
        changed(text);
        stands = text;
        const wrong = text.includes('\n') ? '' : problem(text);
        if (wrong === '') return { text };
        heard.push(`! ${wrong}`);
      }
    },
    choose: async ({ title, placeholder, rows, active }) => {
      const shown = rows.map(({ id, label, description = '', detail = '' }) =>
        [id === active ? '*' : '', label, description && ` (${description})`, detail && ` – ${detail}`].join(''),
      );
      const deed = next(`${title} [${shown.join(', ')}]${placeholder && ` ${placeholder}`}`);
      const left = leaving(deed);
      if (left !== undefined) return left.said;
      return rows.find(({ label }) => label === deed.slice(2)) ?? assert.fail(`no row ${deed}: ${shown.join(', ')}`);
    },
    write: async ({ name }, text) => {
      const deed = next(`editor: ${name} | ${text}`);
      return deed === 'esc' ? undefined : deed.slice(2);
    },
    openFiles: files,
    workspaceFiles: files,
    working: async (title, work) => {
      heard.push(title);
      return scene.cancels === true ? undefined : await work(() => {}, new AbortController().signal);
    },
    warn: (sentence) => heard.push(`! ${sentence}`),
  };
}

interface Left {
  readonly said: Exclude<Said<never>, never>;
  readonly typed?: string;
}

function leaving(deed: Deed): Left | undefined {
  const [, way, typed] = /^~(back|esc|all) ([\s\S]*)$/.exec(deed) ?? [];
  const said = { back: 'back', all: 'all', esc: undefined } as const;
  const word = way ?? deed;
  if (word !== 'back' && word !== 'all' && word !== 'esc') return undefined;
  return { said: said[word], ...(typed === undefined ? {} : { typed }) };
}

export const emptyUpload = {
  size: 0,
  extension: '',
  mime_type: '',
  created_by: '',
  created_at: 0,
  preview_url: undefined,
  source_url: undefined,
  original_url: undefined,
  reference: undefined,
  user_id: undefined,
  tenant_id: undefined,
  conversation_id: undefined,
  file_key: undefined,
};
