import { invalidParam } from './errors.ts';
import { repr, typeName } from './python.ts';

/** What is wrong with one value, in pydantic's words. */
export interface Problem {
  readonly type: string;
  readonly text: string;
}

export type Check = (value: unknown) => Problem | undefined;

export interface Field {
  readonly name: string;
  readonly required?: boolean;
  readonly check: Check;
  /** For each item of a list that has passed. */
  readonly each?: Check;
}

/** A request model of the server: its class name stands in the message. */
export interface Schema {
  readonly name: string;
  readonly fields: readonly Field[];
}

/**
 * Checks a body or query against a model.
 *
 * @throws {ApiError} 400 with pydantic's message, which lists every problem and quotes the caller's input.
 */
export function validate(schema: Schema, input: Readonly<Record<string, unknown>>, pydantic: string): void {
  const problems = schema.fields.flatMap(({ name, required, check, each }) => {
    const value = input[name];
    if (value === undefined) return required === true ? [paragraph(name, missing, input, pydantic)] : [];
    const problem = check(value);
    if (problem !== undefined) return [paragraph(name, problem, value, pydantic)];
    if (each === undefined || !Array.isArray(value)) return [];
    return value.flatMap((item: unknown, index) => {
      const itsProblem = each(item);
      return itsProblem === undefined ? [] : [paragraph(`${name}.${index}`, itsProblem, item, pydantic)];
    });
  });
  if (problems.length > 0) throw invalidParam([heading(schema.name, problems.length), ...problems].join('\n'));
}

/** The message for a rule about the model as a whole. */
export function modelProblem(schema: Schema, rule: string, input: unknown, pydantic: string): string {
  return typeProblem(schema.name, { type: 'value_error', text: `Value error, ${rule}` }, input, pydantic);
}

/** The message for a value that is not of a type, which need not be a model. */
export function typeProblem(type: string, problem: Problem, input: unknown, pydantic: string): string {
  return `${heading(type, 1)}\n${paragraph('', problem, input, pydantic)}`;
}

/** The message for one field of a model. */
export function fieldProblem(
  type: string,
  name: string,
  { input, problem }: { readonly problem: Problem; readonly input: unknown },
  pydantic: string,
): string {
  return `${heading(type, 1)}\n${paragraph(name, problem, input, pydantic)}`;
}

export const isString: Check = (value) =>
  typeof value === 'string' ? undefined : { type: 'string_type', text: 'Input should be a valid string' };

export const isNumber: Check = (value) =>
  typeof value === 'number' ? undefined : { type: 'float_type', text: 'Input should be a valid number' };

export const isObject: Check = (value) =>
  typeName(value) === 'dict' ? undefined : { type: 'dict_type', text: 'Input should be a valid dictionary' };

export const isList: Check = (value) =>
  Array.isArray(value) ? undefined : { type: 'list_type', text: 'Input should be a valid list' };

export const isBoolean: Check = (value) => {
  if (typeof value === 'boolean' || value === 0 || value === 1) return undefined;
  if (typeof value !== 'string') return { type: 'bool_type', text: 'Input should be a valid boolean' };
  if (/^(?:true|false|t|f|yes|no|y|n|on|off|0|1)$/i.test(value)) return undefined;
  return { type: 'bool_parsing', text: 'Input should be a valid boolean, unable to interpret input' };
};

export function optional(check: Check): Check {
  return (value) => (value === null ? undefined : check(value));
}

export function oneOf(...options: readonly string[]): Check {
  const quoted = options.map(repr);
  const last = quoted.at(-1) ?? '';
  const text = `Input should be ${quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} or ${last}` : last}`;
  return (value) =>
    typeof value === 'string' && options.includes(value) ? undefined : { type: 'literal_error', text };
}

/** A whole number as it comes in a query string. */
export function wholeNumber(least: number, most: number): Check {
  return (value) => {
    if (typeof value !== 'string' || !/^\s*[+-]?\d+(?:\.0+)?\s*$/.test(value)) {
      return { type: 'int_parsing', text: 'Input should be a valid integer, unable to parse string as an integer' };
    }
    if (Number(value) < least) {
      return { type: 'greater_than_equal', text: `Input should be greater than or equal to ${least}` };
    }
    if (Number(value) > most) {
      return { type: 'less_than_equal', text: `Input should be less than or equal to ${most}` };
    }
    return undefined;
  };
}

const missing: Problem = { type: 'missing', text: 'Field required' };

function heading(name: string, count: number): string {
  return `${count} validation error${count === 1 ? '' : 's'} for ${name}`;
}

function paragraph(name: string, problem: Problem, input: unknown, pydantic: string): string {
  const quote = `[type=${problem.type}, input_value=${shortened(repr(input))}, input_type=${typeName(input)}]`;
  const link = `For further information visit https://errors.pydantic.dev/${pydantic}/v/${problem.type}`;
  return `${name === '' ? '' : `${name}\n`}  ${problem.text} ${quote}\n    ${link}`;
}

/** pydantic keeps 25 bytes at the front and 24 at the back, never half a character. */
function shortened(value: string): string {
  const bytes = new TextEncoder().encode(value);
  if (bytes.length <= 50) return value;
  let front = 25;
  while (isContinuation(bytes[front])) front--;
  let back = bytes.length - 24;
  while (isContinuation(bytes[back])) back++;
  const decoder = new TextDecoder();
  return `${decoder.decode(bytes.subarray(0, front))}...${decoder.decode(bytes.subarray(back))}`;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte < 0xc0;
}
