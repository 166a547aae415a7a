import { isFields } from '../dify/json.ts';
import type { Translate } from './failure.ts';
import { parsePython } from './pythonValue.ts';

/** What a text is for a variable: a value to send, or what is wrong with it. */
export type VariableValue =
  | { readonly value: unknown; readonly problem: undefined }
  | { readonly value: undefined; readonly problem: string };

/** @param type Dify's `value_type` of a conversation variable, like `array[string]` */
export function variableValue(type: string, text: string, t: Translate): VariableValue {
  if (type === 'string' || type === 'secret') return { value: text, problem: undefined };
  const value = parsePython(text);
  return isOfType(type, value) ? { value, problem: undefined } : { value: undefined, problem: problemOf(type, t) };
}

/** A type that is not known here takes everything that can be read: the server knows it. */
function isOfType(type: string, value: unknown): boolean {
  const item = /^array\[(.+)\]$/.exec(type)?.[1];
  if (item !== undefined) return Array.isArray(value) && value.every((one) => isOfType(item, one));
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'number':
    case 'integer':
    case 'float':
      return typeof value === 'number' && Number.isFinite(value) && (type !== 'integer' || Number.isInteger(value));
    case 'boolean':
      return typeof value === 'boolean';
    case 'object':
      return isFields(value);
    default:
      return value !== undefined;
  }
}

function problemOf(type: string, t: Translate): string {
  switch (type) {
    case 'number':
    case 'integer':
    case 'float':
      return t('Enter a number, for example 12.');
    case 'boolean':
      return t('Enter True or False.');
    case 'object':
      return t('Enter an object, for example {example}.', { example: "{'name': 'value'}" });
    default:
      return t('Enter a value of the type {type}, for example {example}.', { type, example: exampleOf(type) });
  }
}

function exampleOf(type: string): string {
  switch (type) {
    case 'array[number]':
      return '[1, 2]';
    case 'array[boolean]':
      return '[True, False]';
    case 'array[object]':
      return "[{'name': 'value'}]";
    default:
      return "['one', 'two']";
  }
}
