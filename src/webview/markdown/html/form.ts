import { decoded, tagAt, wordsOf, type Tag } from './tags.ts';

/** A form in an answer: what is entered is sent as the person's next message. */
export interface AnswerForm {
  readonly type: 'form';
  /** `text` sends a line for each field, `json` an object. */
  readonly format: 'json' | 'text';
  /** In their order. */
  readonly items: readonly FormItem[];
}

export type FormItem =
  | FormField
  /** Words between the fields; also what is no field, as it is written. */
  | { readonly type: 'words'; readonly text: string }
  | { readonly type: 'submit'; readonly label: string; readonly isPrimary: boolean };

export interface FormField {
  readonly type: 'field';
  readonly kind: FieldKind;
  readonly name: string;
  /** '' where it has none. */
  readonly label: string;
  readonly placeholder: string;
  /** What it holds at first; of a box that is ticked `true`. */
  readonly value: string;
  /** To choose from. */
  readonly options: readonly string[];
}

const inputKinds = ['text', 'email', 'number', 'date', 'time', 'datetime', 'checkbox', 'select', 'hidden'] as const;
export type FieldKind = (typeof inputKinds)[number] | 'lines' | 'password';

/** More is no form that anybody fills in. */
const mostItems = 100;

/** The form that is this text; `undefined` if it is too large for one, or holds another. */
export function readForm(text: string, tag: Tag): AnswerForm | undefined {
  const inner = text.slice(tag.end, text.lastIndexOf('</form>'));
  const items = itemsIn(inner);
  const isForm = items.length <= mostItems && !/<form[\s>]/.test(inner) && items.some(({ type }) => type === 'submit');
  if (!isForm) return undefined;
  return {
    type: 'form',
    format: tag.attributes.get('data-format') === 'json' ? 'json' : 'text',
    items: labelled(items),
  };
}

type RawItem = FormItem | { readonly type: 'label'; readonly text: string; readonly of: string };

function itemsIn(html: string): readonly RawItem[] {
  const items: RawItem[] = [];
  let words = '';
  const endWords = (): void => {
    if (words.trim() !== '') items.push({ type: 'words', text: decoded(words).trim() });
    words = '';
  };
  for (let at = 0; at < html.length && items.length <= mostItems;) {
    const found = html.charAt(at) === '<' ? itemAt(html, at) : undefined;
    if (found === undefined) {
      const next = html.indexOf('<', at + 1);
      words += html.slice(at, next === -1 ? undefined : next);
      at = next === -1 ? html.length : next;
    } else {
      endWords();
      if (found.item !== undefined) items.push(found.item);
      at = found.end;
    }
  }
  endWords();
  return items;
}

/** The element at this place; `undefined` if it is none that a form has. */
function itemAt(html: string, at: number): { readonly item: RawItem | undefined; readonly end: number } | undefined {
  const tag = tagAt(html, at);
  if (tag === undefined) return undefined;
  if (tag.name === 'br') return { item: undefined, end: tag.end };
  if (tag.name === 'input') return withEnd(fieldOf(tag, kindOf(tag)), tag.end);
  const closing = html.indexOf(`</${tag.name}>`, tag.end);
  if (closing === -1) return undefined;
  const content = html.slice(tag.end, closing);
  return withEnd(elementOf(tag, content), closing + tag.name.length + 3);
}

function withEnd(item: RawItem | undefined, end: number): ReturnType<typeof itemAt> {
  return item === undefined ? undefined : { item, end };
}

function elementOf(tag: Tag, content: string): RawItem | undefined {
  const { attributes } = tag;
  switch (tag.name) {
    case 'label':
      return { type: 'label', text: wordsOf(content), of: attributes.get('for') ?? attributes.get('name') ?? '' };
    case 'textarea':
      return fieldOf(tag, 'lines', attributes.get('value') ?? decoded(content));
    case 'button': {
      const label = wordsOf(content).slice(0, 200);
      const isPrimary = attributes.get('data-variant') === 'primary';
      return label === '' ? undefined : { type: 'submit', label, isPrimary };
    }
    default:
      return undefined;
  }
}

function kindOf({ attributes }: Tag): FieldKind | undefined {
  const type = attributes.get('type') ?? 'text';
  return type === 'password' ? type : inputKinds.find((kind) => kind === type);
}

/** Names that Dify takes; those that every object has are none. */
const nameForm = /^\p{L}[\p{L}\p{M}\p{N}_()!*&（）！＊＆－-]{0,127}$/u;
const noNames = new Set(['__proto__', 'constructor', 'prototype']);

function fieldOf({ attributes }: Tag, kind: FieldKind | undefined, content?: string): FormField | undefined {
  const given = (name: string): string => attributes.get(name) ?? '';
  const name = given('name');
  if (kind === undefined || !nameForm.test(name) || noNames.has(name)) return undefined;
  const field = { type: 'field', kind, name, label: '', placeholder: given('placeholder'), options: [] } as const;
  if (kind === 'select') return { ...field, value: given('value'), options: optionsIn(given('data-options')) };
  if (kind !== 'checkbox') return { ...field, value: content ?? given('value') };
  const isTicked = attributes.has('checked') || given('value') === 'true';
  return { ...field, label: given('data-tip'), value: String(isTicked) };
}

function optionsIn(json: string): readonly string[] {
  try {
    const options: unknown = JSON.parse(json);
    return Array.isArray(options) ? options.filter((option) => typeof option === 'string') : [];
  } catch {
    // A choice without options, as on Dify's own page.
    return [];
  }
}

/** The labels become those of their fields; one without a field is words. */
function labelled(items: readonly RawItem[]): readonly FormItem[] {
  const labels = new Map(items.flatMap((item) => (item.type === 'label' ? [[item.of, item.text]] : [])));
  const names = new Set(items.flatMap((item) => (item.type === 'field' ? [item.name] : [])));
  return items.flatMap((item): readonly FormItem[] => {
    if (item.type === 'field') return [{ ...item, label: item.label || (labels.get(item.name) ?? '') }];
    if (item.type !== 'label') return [item];
    return names.has(item.of) || item.text === '' ? [] : [{ type: 'words', text: item.text }];
  });
}
