import type { Actions } from '../actions.ts';
import { t } from '../locale.ts';
import { textOf } from './incoming.ts';
import { thumbnailOf } from './thumbnail.ts';

/** Largest file that is handed to the host, in bytes: it goes there as text, in one piece. */
const largest = 15 * 1024 * 1024;

/**
 * Files without an address: from outside of VS Code, or in the clipboard. Text goes along as text, the others as files.
 *
 * @param takesFiles whether the app takes any
 * @returns in sentences, which do not, and why; '' for none
 */
export async function attachFiles(files: readonly File[], takesFiles: boolean, actions: Actions): Promise<string> {
  const problems: string[] = [];
  for (const file of files) problems.push(await attachFile(file, takesFiles, actions));
  return problems.filter((problem) => problem !== '').join(' ');
}

/** The picture in the clipboard. Without one, or where it may not be read, says how to paste it. */
export async function attachFromClipboard(takesFiles: boolean, actions: Actions): Promise<string> {
  const picture = await pictureInClipboard().catch(() => undefined);
  const key = /^(?:Mac|iP)/.test(navigator.platform) ? '⌘V' : 'Ctrl+V';
  return picture === undefined ? t('noPicture', { key }) : await attachFiles([picture], takesFiles, actions);
}

async function pictureInClipboard(): Promise<File | undefined> {
  for (const item of await navigator.clipboard.read()) {
    const type = item.types.find((one) => one.startsWith('image/'));
    if (type !== undefined) return new File([await item.getType(type)], `image.${type.slice(6)}`, { type });
  }
  return undefined;
}

async function attachFile(file: File, takesFiles: boolean, actions: Actions): Promise<string> {
  const isPicture = file.type.startsWith('image/');
  const text = isPicture ? undefined : await textOf(file);
  const name = file.name === '' ? t('picture') : file.name;
  if (text !== undefined) actions.post({ type: 'paste', key: `paste-${crypto.randomUUID()}`, name: file.name, text });
  else if (!takesFiles) return t('takesNoFiles', { file: name });
  else if (file.size > largest) return t('tooLargeHere', { file: name });
  else {
    const thumbnail = isPicture ? await thumbnailOf(file) : '';
    actions.post({ type: 'attachBytes', name: file.name, content: await base64Of(file), thumbnail });
  }
  return '';
}

/** By a reader: the browser has no other way that is quick for megabytes. */
function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    const read = (): void => {
      const { result } = reader;
      if (typeof result === 'string') resolve(result.slice(result.indexOf(',') + 1));
      else reject(reader.error ?? new Error('The file cannot be read'));
    };
    reader.addEventListener('loadend', read);
    reader.readAsDataURL(file);
  });
}
