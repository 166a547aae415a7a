import { fieldsOf, isBlank, kindOf, type FormValues } from '../../../conversation/inputForm.ts';
import { charactersIn } from '../../../conversation/inputProblem.ts';
import type { InputControl } from '../../../dify/inputForm.ts';
import { t } from '../../words.ts';
import type { InputAsks, Row } from '../../files/asks.ts';

/** A text that was filled in and is longer than its field takes. */
interface TooLong {
  readonly control: InputControl;
  readonly text: string;
  readonly limit: number;
}

/**
 * Makes the texts that a mapping filled in fit their fields, as the person chooses: in a longer field, or cut where they see it.
 * `undefined` if they rather select less.
 *
 * @param values what is filled in; the rest is still to be asked
 */
export async function fitLengths(
  title: string,
  form: readonly InputControl[],
  values: FormValues,
  asks: Pick<InputAsks, 'choose'>,
): Promise<FormValues | 'anotherApp' | undefined> {
  let fitted = values;
  for (const control of form) {
    const found = tooLong(control, fitted);
    if (found === undefined) continue;
    const longer = longerField(found, form, fitted);
    const said = await asks.choose({
      title,
      canGoBack: false,
      placeholder: t('The text has {n} characters; “{field}” takes {limit}.', {
        n: grouped(charactersIn(found.text)),
        field: control.label,
        limit: grouped(found.limit),
      }),
      rows: rowsFor(found, longer),
      active: undefined,
      hasMore: false,
    });
    if (typeof said !== 'object') return undefined;
    if (said.id === 'app') return 'anotherApp';
    if (said.id === 'less') return undefined;
    if (said.id === 'cut') fitted = { ...fitted, [control.variable]: firstCharacters(found.text, found.limit) };
    else if (longer !== undefined) {
      const { [control.variable]: moved = '', ...others } = fitted;
      fitted = { ...others, [longer.variable]: moved };
    }
  }
  return fitted;
}

function tooLong(control: InputControl, values: FormValues): TooLong | undefined {
  const text = values[control.variable];
  const { maxLength } = control;
  if (typeof text !== 'string' || maxLength === undefined || !isText(control)) return undefined;
  return charactersIn(text) > maxLength ? { control, text, limit: maxLength } : undefined;
}

function isText(control: InputControl): boolean {
  const kind = kindOf(control);
  return kind === 'line' || kind === 'paragraph';
}

/** The field that takes the whole text and that nothing else is for: paragraphs first. */
function longerField(
  { control, text }: TooLong,
  form: readonly InputControl[],
  values: FormValues,
): InputControl | undefined {
  const length = charactersIn(text);
  return fieldsOf(form)
    .filter((each) => each !== control && isText(each) && isBlank(values[each.variable] ?? ''))
    .filter(({ maxLength = Infinity }) => maxLength >= length)
    .toSorted((a, b) => Number(kindOf(b) === 'paragraph') - Number(kindOf(a) === 'paragraph'))[0];
}

function rowsFor({ text, limit }: TooLong, longer: InputControl | undefined): readonly Row[] {
  const kept = firstCharacters(text, limit);
  const room = longer?.maxLength === undefined ? '' : t('takes {limit}', { limit: grouped(longer.maxLength) });
  return [
    ...(longer === undefined
      ? []
      : [
          {
            id: 'field',
            label: t('Use the Field {field}', { field: longer.label }),
            description: room,
            icon: 'arrow-swap',
          },
        ]),
    { id: 'app', label: t('Choose Another App…'), icon: 'layers' },
    {
      id: 'cut',
      label: t('Send the First {limit} Characters', { limit: grouped(charactersIn(kept)) }),
      detail: t('It ends with: “{words}”', { words: lastWords(kept) }),
      icon: 'fold',
    },
    { id: 'less', label: t('Select Less'), icon: 'selection' },
  ];
}

/** No more code points than the limit, and no visible character in halves. */
export function firstCharacters(text: string, limit: number): string {
  const kept = Array.from(text.slice(0, 2 * limit))
    .slice(0, limit)
    .join('');
  if (kept.length === text.length) return kept;
  // A visible character is not longer than a few dozen units; where it began is looked for near the end only.
  const from = Math.max(0, kept.length - 100);
  const segments = new Intl.Segmenter().segment(text.slice(from, kept.length + 100));
  const last = segments.containing(kept.length - from);
  return last === undefined || from + last.index === 0 ? kept : kept.slice(0, from + last.index);
}

function lastWords(text: string): string {
  const end = text.slice(-200).trimEnd().replaceAll(/\s+/g, ' ');
  if (end.length <= 60) return end;
  const tail = Array.from(end).slice(-60).join('');
  // Not from the middle of a word, where words are told by spaces.
  return `…${tail.includes(' ') ? tail.slice(tail.indexOf(' ') + 1) : tail}`;
}

function grouped(n: number): string {
  return new Intl.NumberFormat('en').format(n);
}
