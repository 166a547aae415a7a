import type { Env, Token } from 'markdown-it';
import type { Growth, Parse, Progress } from './growth.ts';
import { renderBlocks } from './renderBlocks.ts';
import { lineOffset } from './settle.ts';
import { labelTable } from './tableLabel.ts';

/** The lines of a table's head: names and dashes. */
const headLines = 2;

/** A long table that is still open: a row is parsed once, when its line is complete. */
export class TableGrowth implements Growth {
  readonly element: HTMLElement;
  readonly #parse: Parse;
  readonly #head: string;
  readonly #rows: HTMLElement;
  /** How long the text of the rows is that are shown. */
  #shown = 0;
  /** Text behind the last complete row. */
  #rest: string;

  /** @param source the table's text so far  @param element how it is shown so far; its rows are made anew */
  constructor(source: string, element: HTMLElement, parse: Parse) {
    this.element = element;
    this.#parse = parse;
    const bodyAt = lineOffset(source, headLines);
    this.#head = source.slice(0, bodyAt);
    this.#rest = source.slice(bodyAt);
    this.#rows = element.querySelector('tbody') ?? element;
    this.#rows.replaceChildren();
    this.append('');
  }

  /** No row is parsed twice, but the browser lays a table out as a whole. */
  get open(): number {
    return this.#shown;
  }

  append(text: string): Progress {
    this.#rest += text;
    return this.#takeLines(this.#rest.lastIndexOf('\n') + 1);
  }

  finish(): string {
    return this.#takeLines(this.#rest.length).after;
  }

  #takeLines(end: number): Progress {
    if (end === 0) return { after: '', over: false };
    const lines = this.#rest.slice(0, end);
    const { tokens, env } = this.#parse(this.#head + lines);
    this.#addRows(tokens, env);
    const taken = lineOffset(lines, (tokens[0]?.map?.[1] ?? headLines) - headLines);
    const over = taken < end;
    this.#shown += taken;
    this.#rest = this.#rest.slice(taken);
    return { after: over ? this.#rest : '', over };
  }

  #addRows(tokens: readonly Token[], env: Env): void {
    const close = tokens.findIndex((token) => token.type === 'table_close');
    const [rendered] = renderBlocks(tokens.slice(0, close + 1), env);
    this.#rows.append(...(rendered?.querySelectorAll('tbody > tr') ?? []));
    labelTable(this.#rows.closest('table') ?? this.element);
  }
}
