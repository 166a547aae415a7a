import { t } from '../../locale.ts';
import { actButton, element } from '../dom.ts';
import type { AnswerForm, FormField, FormItem } from './form.ts';
import { visible } from './visible.ts';

/** What a form of an answer would send now, by its element. */
const messageOf = new WeakMap<Element, () => string>();

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** A field and where its value is. */
interface Filled {
  readonly field: FormField;
  readonly value: () => string | boolean;
}

/**
 * The form as controls. It is no `<form>`: nothing can submit it but our own button, and its controls have neither names nor ids, which
 * could stand in the way of the page's own.
 */
export function formElement({ format, items }: AnswerForm): HTMLElement {
  const filled: Filled[] = [];
  const form = element('div', 'form form-card answer-form', ...items.map((item) => itemElement(item, filled)));
  form.role = 'group';
  form.ariaLabel = t('formOfAnswer');
  messageOf.set(form, () => messageIn(format, filled));
  return form;
}

/** The message that the form around an element sends: Dify's own page says it in the same way. */
export function formMessage(inside: Element): string | undefined {
  const form = inside.closest('.answer-form');
  return form === null ? undefined : messageOf.get(form)?.();
}

function messageIn(format: AnswerForm['format'], filled: readonly Filled[]): string {
  const values = new Map(filled.map(({ field, value }) => [field.name, value()]));
  if (format === 'text') return [...values].map(([name, value]) => `${name}: ${value}`).join('\n');
  // What was never filled in is left out.
  return JSON.stringify(Object.fromEntries([...values].filter(([, value]) => value !== '')));
}

function itemElement(item: FormItem, filled: Filled[]): Node {
  switch (item.type) {
    case 'words':
      return element('p', 'plain-text', ...visible(item.text));
    case 'submit':
      return submitElement(item.label, item.isPrimary);
    case 'field':
      return fieldElement(item, filled);
  }
}

function submitElement(label: string, isPrimary: boolean): HTMLElement {
  const button = actButton(
    'sendForm',
    label,
    isPrimary ? 'btn primary' : 'btn',
    element('span', '', ...visible(label)),
  );
  button.removeAttribute('aria-label');
  button.removeAttribute('title');
  return element('div', 'form-actions', button);
}

function fieldElement(field: FormField, filled: Filled[]): Node {
  const { kind, name, label, value } = field;
  if (kind === 'password') return element('p', 'hint muted', t('noPassword', { name: label || name }));
  if (kind === 'hidden') {
    filled.push({ field, value: () => value });
    return new DocumentFragment();
  }
  const control = controlOf(field);
  filled.push({ field, value: () => valueOf(control) });
  if (label === '') control.ariaLabel = field.placeholder || name;
  const words = label === '' ? [] : [element('span', kind === 'checkbox' ? '' : 'label', ...visible(label))];
  if (kind !== 'checkbox') return element('label', 'form-field', ...words, control);
  return element('label', 'form-check', control, ...(words.length > 0 ? words : [name]));
}

function controlOf(field: FormField): Control {
  const { kind, placeholder, value } = field;
  if (kind === 'select') return choiceOf(field);
  if (kind === 'lines') {
    const area = element('textarea', 'area');
    area.rows = 3;
    area.placeholder = placeholder;
    area.value = value;
    return area;
  }
  const input = element('input', kind === 'checkbox' ? 'check' : 'field');
  input.type = kind === 'datetime' ? 'datetime-local' : kind;
  input.autocomplete = 'off';
  if (kind === 'checkbox') {
    input.checked = value === 'true';
  } else {
    input.placeholder = placeholder;
    input.value = kind === 'datetime' ? value.replace(' ', 'T').slice(0, 'yyyy-mm-ddThh:mm'.length) : value;
  }
  return input;
}

function choiceOf({ options, value }: FormField): HTMLSelectElement {
  const isOffered = options.includes(value);
  const offered = options.map((option) => new Option(option, option, option === value, option === value));
  return element('select', 'select', ...(isOffered ? [] : [new Option(t('chooseOption'), '')]), ...offered);
}

function valueOf(control: Control): string | boolean {
  if (!(control instanceof HTMLInputElement)) return control.value;
  if (control.type === 'checkbox') return control.checked;
  return control.type === 'datetime-local' ? withOffset(control.value) : control.value;
}

/** A time of this place as Dify's page writes it: to the millisecond, with the distance from UTC. */
function withOffset(local: string): string {
  if (local === '') return '';
  const minutes = -new Date(local).getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((n) =>
    String(n).padStart(2, '0'),
  );
  return `${local}:00.000${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}
