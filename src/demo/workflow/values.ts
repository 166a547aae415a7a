import { compactJson, repr } from '../http/python.ts';
import type { Fields, Segment, Selector } from './graph.ts';

/** All values of a run, by where they were made: Dify's variable pool. */
export class Values {
  readonly #byNode = new Map<string, Map<string, unknown>>();

  set([node, ...path]: Selector, value: unknown): void {
    const outputs = this.#byNode.get(node) ?? new Map<string, unknown>();
    outputs.set(path.join('.'), value);
    this.#byNode.set(node, outputs);
  }

  setAll(node: string, outputs: Fields): void {
    for (const [name, value] of Object.entries(outputs)) this.set([node, name], value);
  }

  /** undefined if nobody has made it. */
  get([node, ...path]: Selector): unknown {
    return this.#byNode.get(node)?.get(path.join('.'));
  }

  /** The same values, which from now on change apart. */
  copy(): Values {
    const copy = new Values();
    for (const [node, outputs] of this.#byNode) copy.#byNode.set(node, new Map(outputs));
    return copy;
  }

  /** The value as text: `''` for one that does not exist, JSON for lists and objects. */
  text(selector: Selector): string {
    return textOf(this.get(selector));
  }

  /** A template, its `{{#node.output#}}` filled in. */
  filled(template: string, render: (value: unknown) => string = textOf): string {
    return segmentsOf(template)
      .map((segment) => ('text' in segment ? segment.text : render(this.get(segment.selector))))
      .join('');
  }
}

/** A template taken apart at its `{{#node.output#}}`. */
export function segmentsOf(template: string): readonly Segment[] {
  return template
    .split(/(\{\{#[\w-]+(?:\.[\w-]+)+#\}\})/)
    .filter((part) => part !== '')
    .map((part) => {
      const [node, ...path] = /^\{\{#(.+)#\}\}$/.exec(part)?.[1]?.split('.') ?? [];
      return node === undefined ? { text: part } : { selector: [node, ...path] };
    });
}

export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return repr(value);
  const files = filesAmong(value);
  return files.length > 0 ? files.map(fileLink).join('\n') : compactJson(value);
}

/** The value as it reads in an answer: objects as JSON in lines, lists as Markdown lists of Python's notation of the items. */
export function markdownOf(value: unknown): string {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && !isFile(value)) {
    return JSON.stringify(value, null, 2);
  }
  if (!Array.isArray(value) || filesAmong(value).length > 0) return textOf(value);
  return value.map((item: unknown) => `- ${typeof item === 'string' ? item : repr(item)}`).join('\n');
}

interface FileValue {
  readonly filename: string;
  readonly type: string;
  readonly url: string;
}

/** The files of a list of files, or the one file. */
function filesAmong(value: unknown): readonly FileValue[] {
  return (Array.isArray(value) ? value : [value]).filter(isFile);
}

function isFile(value: unknown): value is FileValue {
  return typeof value === 'object' && value !== null && 'dify_model_identity' in value;
}

function fileLink({ filename, type, url }: FileValue): string {
  return `${type === 'image' ? '!' : ''}[${filename}](${url})`;
}
