import { isFields, type Fields } from '../dify/json.ts';
import { fenced } from './fence.ts';
import type { Run } from './run.ts';

/** One output of a workflow, ready to be shown. */
export interface ShownOutput {
  /** Its name in the workflow; '' for one that needs none, as it is the only one. */
  readonly name: string;
  /** A text as it is, everything else as a value or a block of code in Markdown. */
  readonly markdown: string;
}

/**
 * The outputs of a workflow as people read them, in the workflow's order: texts as Markdown, objects and lists as JSON. Files are not
 * in it. None where the text of the run is all that there is: it was streamed, and is shown as the answer of a chat is.
 */
export function shownOutputs({ outputs = {}, text }: Pick<Run, 'outputs' | 'text'>): readonly ShownOutput[] {
  const shown = Object.entries(outputs).filter(([, value]) => !isNothing(value) && !isFiles(value));
  const [first, ...others] = shown;
  if (first === undefined) return [];
  if (others.length > 0) return shown.map(([name, value]) => ({ name, markdown: markdownOf(value) }));
  const isText = typeof first[1] === 'string' && text !== '';
  return isText ? [] : [{ name: '', markdown: markdownOf(first[1]) }];
}

/** All that an answer says, as Markdown: its text, or the outputs of a workflow, each under its name where there are several. */
export function answerOf(run: Pick<Run, 'outputs' | 'text'>): string {
  const outputs = shownOutputs(run);
  if (outputs.length === 0) return run.text;
  return outputs.map(({ name, markdown }) => (name === '' ? markdown : `### ${name}\n\n${markdown}`)).join('\n\n');
}

/** One output by its name, as it goes into a document: a text as it is, everything else as JSON. '' if there is none. */
export function outputText({ outputs = {} }: Pick<Run, 'outputs'>, name: string): string {
  const value = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
  if (isNothing(value)) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

/** A file, or a list of files, that a workflow gives. */
function isFiles(value: unknown): boolean {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.length > 0 && all.every((one) => isFields(one) && isFile(one));
}

function isFile({ dify_model_identity: identity }: Fields): boolean {
  return identity !== undefined;
}

function markdownOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return fenced(JSON.stringify(value, null, 2), 'json');
}
