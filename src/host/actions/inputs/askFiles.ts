import { addressProblem, fileProblem, fileTypesIn, linkedFile, waysOf } from '../../../conversation/fileProblem.ts';
import { kindOf, type FieldFile } from '../../../conversation/inputForm.ts';
import type { InputControl } from '../../../dify/inputForm.ts';
import { t } from '../../words.ts';
import type { InputAsks, LocalFile, Row, RowQuestion, Said } from '../../files/asks.ts';
import type { FieldStep } from './askField.ts';
import { uploadLocal, type Uploads } from '../../files/uploads.ts';

type FilesStep = FieldStep & { readonly files: readonly FieldFile[] };

/** Asks for the file or files of a field: each is checked, then uploaded; a step back loses none. */
export async function askFiles(
  step: FilesStep,
  asks: InputAsks,
  uploads: Uploads,
): Promise<Said<readonly FieldFile[]>> {
  let { files } = step;
  const isList = kindOf(step.control) === 'files';
  for (;;) {
    const said = await asks.choose(filesQuestion({ ...step, files }));
    if (typeof said !== 'object') return said;
    if (said.id === 'done') return files;
    const removed = /^file(\d+)$/.exec(said.id)?.[1];
    const added = removed === undefined ? await addedFiles(said.id, { ...step, files }, asks, uploads) : [];
    files =
      removed === undefined
        ? isList
          ? [...files, ...added]
          : [...files, ...added].slice(-1)
        : files.toSpliced(Number(removed), 1);
    step.changed(files);
    // One file is all that there can be.
    if (!isList && added.length > 0) return files;
  }
}

function filesQuestion({ title, canGoBack, control, files, hasMore }: FilesStep): RowQuestion {
  const { upload, link } = waysOf(control.files);
  const isFull = kindOf(control) === 'files' && files.length >= (control.maxLength ?? Infinity);
  const mayUpload = upload && !isFull;
  const rows: readonly Row[] = [
    ...doneRow(control, files),
    ...files.map(({ name }, index) => ({
      id: `file${index}`,
      label: name || t('Uploaded File'),
      description: t('Remove'),
      icon: 'trash',
    })),
    ...(mayUpload ? [{ id: 'computer', label: t('Choose from This Computer…'), icon: 'folder-opened' }] : []),
    ...(mayUpload ? [{ id: 'workspace', label: t('Choose from the Workspace…'), icon: 'files' }] : []),
    ...(link && !isFull ? [{ id: 'link', label: t('Enter an Address…'), icon: 'link' }] : []),
  ];
  return { title, canGoBack, placeholder: rulesOf(control), rows, active: undefined, hasMore };
}

function doneRow({ required }: InputControl, files: readonly FieldFile[]): readonly Row[] {
  if (files.length === 0) return required ? [] : [{ id: 'done', label: t('No File'), icon: 'circle-slash' }];
  const label = files.length === 1 ? t('Use This File') : t('Use These {n} Files', { n: files.length });
  return [{ id: 'done', label, icon: 'check' }];
}

function rulesOf(control: InputControl): string {
  const { files, maxLength, required, hint = '' } = control;
  const types = files === undefined ? '' : fileTypesIn(files, t);
  const isList = kindOf(control) === 'files' && maxLength !== undefined;
  const most = isList ? t('up to {n} files', { n: maxLength }) : '';
  return [hint, types, most, required ? '' : t('(optional)')].filter((word) => word !== '').join(' · ');
}

async function addedFiles(
  way: string,
  step: FilesStep,
  asks: InputAsks,
  uploads: Uploads,
): Promise<readonly FieldFile[]> {
  const { control } = step;
  if (way === 'link') return await askLink(step, asks);
  const chosen = (await (way === 'computer' ? asks.openFiles(control) : asks.workspaceFiles(control))) ?? [];
  const fitting = withoutUnfit(chosen, step, asks, uploads);
  const added: FieldFile[] = [];
  for (const file of fitting) {
    const uploaded = await uploadLocal(file, control.files?.allowedFileTypes, asks, uploads);
    if (uploaded === undefined) break;
    added.push(uploaded);
  }
  return added;
}

/** Those that the app takes; of the others the person is told why. */
function withoutUnfit(
  chosen: readonly LocalFile[],
  { control, files }: FilesStep,
  asks: InputAsks,
  { limits }: Uploads,
): readonly LocalFile[] {
  const fitting = chosen.filter((file) => {
    const problem = fileProblem(control, file, limits, t);
    if (problem !== '') asks.warn(problem);
    return problem === '';
  });
  const room = kindOf(control) === 'files' ? (control.maxLength ?? Infinity) - files.length : 1;
  if (fitting.length > room) asks.warn(t('The app takes {n} files at most.', { n: control.maxLength ?? 1 }));
  return fitting.slice(0, room);
}

async function askLink({ title, control }: FilesStep, asks: InputAsks): Promise<readonly FieldFile[]> {
  const said = await asks.line({
    title,
    canGoBack: true,
    prompt: t("The address of a file that the app's server can reach."),
    placeholder: 'https://',
    value: '',
    typing: () => '',
    problem: (text) => addressProblem(control, text, t),
    counted: () => '',
    editor: undefined,
    hasMore: false,
    changed: () => {},
  });
  if (typeof said !== 'object') return [];
  return [linkedFile(control, said.text)];
}
