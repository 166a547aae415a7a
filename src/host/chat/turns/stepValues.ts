import { env, window } from 'vscode';
import type { Message } from '../../../conversation/conversation.ts';
import type { FromWebview } from '../../../conversation/fromWebview.ts';
import { wholeOf, type Preview } from '../../../conversation/preview.ts';
import { openReadOnly } from '../../readOnlyText.ts';
import { t } from '../../words.ts';

type OpenValue = Extract<FromWebview, { readonly type: 'openValue' }>;

/** Copies what a step of the answer got or gave, or opens it as a document: all of it that is kept, of which the page has the beginning. */
export async function openValue(message: Message | undefined, wanted: OpenValue): Promise<void> {
  const { how, what } = wanted;
  const preview = message === undefined ? undefined : valueIn(message, wanted);
  if (preview === undefined) return;
  const text = wholeOf(preview);
  if (how === 'copy') await env.clipboard.writeText(text);
  else await openReadOnly(`${what === 'input' ? t('Input') : t('Output')}${isJson(text) ? '.json' : '.txt'}`, text);
  if (text.length < preview.size)
    void window.showInformationMessage(t('This is the beginning only. The rest was not kept.'));
}

function valueIn({ run }: Message, { step, call, what }: OpenValue): Preview | undefined {
  if (call === undefined) {
    const node = run.nodes.find(({ id }) => id === step);
    return what === 'input' ? node?.inputs : node?.outputs;
  }
  const called = run.thoughts.find(({ id }) => id === step)?.calls[call];
  return what === 'input' ? called?.input : called?.result;
}

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}
