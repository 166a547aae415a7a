import type { Message } from '../../../conversation/conversation.ts';
import type { FromWebview } from '../../../conversation/fromWebview.ts';
import { wholeOf, type Preview } from '../../../conversation/preview.ts';
import { t } from '../../words.ts';

type OpenValue = Extract<FromWebview, { readonly type: 'openValue' }>;

interface ValuePorts {
  readonly copy: (text: string) => Thenable<unknown>;
  /** Shows a text as a document of its own. */
  readonly open: (content: string, language: string) => Promise<unknown>;
  /** Says a sentence to the person. */
  readonly tell: (sentence: string) => unknown;
}

/** Copies what a step of the answer got or gave, or opens it: all of it that is kept, of which the page has the beginning. */
export async function openValue(message: Message | undefined, wanted: OpenValue, ports: ValuePorts): Promise<void> {
  const preview = message === undefined ? undefined : valueIn(message, wanted);
  if (preview === undefined) return;
  const text = wholeOf(preview);
  if (wanted.how === 'copy') await ports.copy(text);
  else await ports.open(text, /^[[{]/.test(text) ? 'json' : 'plaintext');
  if (text.length < preview.size) ports.tell(t('This is the beginning only. The rest was not kept.'));
}

function valueIn({ run }: Message, { step, call, what }: OpenValue): Preview | undefined {
  if (call === undefined) {
    const node = run.nodes.find(({ id }) => id === step);
    return what === 'input' ? node?.inputs : node?.outputs;
  }
  const called = run.thoughts.find(({ id }) => id === step)?.calls[call];
  return what === 'input' ? called?.input : called?.result;
}
