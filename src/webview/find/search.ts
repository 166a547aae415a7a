import type { Message } from '../../conversation/conversation.ts';
import { shownOutputs } from '../../conversation/outputs.ts';
import { isEnded } from '../../conversation/run.ts';
import { withoutThinking } from '../../conversation/thinking.ts';
import { readText } from './readText.ts';

/** Where the text was found: the `nth` time, from 0, in a question or an answer. */
export interface Match {
  /** Of the message. */
  readonly key: string;
  readonly part: 'question' | 'answer';
  readonly nth: number;
}

/** More are not counted. */
const most = 10_000;

/** An answer's text as it is read, kept as long as its run is. */
const texts = new WeakMap<object, string>();

/** What is looked for, as an expression: letters in either case, any blank space for a blank. `undefined` for nothing. */
export function wanted(query: string): RegExp | undefined {
  const words = query.trim().split(/\s+/);
  if (words[0] === '') return undefined;
  // No sign may be escaped that needs none: with `u` that is an error.
  const literal = words.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  return new RegExp(literal.join(String.raw`\s+`), 'giu');
}

/**
 * Every place in the messages, drawn or not, from top to bottom.
 *
 * @param inputsOf of an app that is run by its form: what was filled in stands in the place of a question
 */
export function search(
  messages: readonly Message[],
  query: string,
  inputsOf?: (run: Message) => string,
): readonly Match[] {
  const expression = wanted(query);
  if (expression === undefined) return [];
  const found: Match[] = [];
  for (const [index, message] of messages.entries()) {
    for (const part of ['question', 'answer'] as const) {
      const text = part === 'answer' ? answerText(message) : questionText(message, messages[index - 1], inputsOf);
      const times = Math.min(countIn(text, expression), most - found.length);
      for (let nth = 0; nth < times; nth++) found.push({ key: message.key, part, nth });
    }
  }
  return found;
}

function questionText(
  message: Message,
  before: Message | undefined,
  inputsOf: ((run: Message) => string) | undefined,
): string {
  if (inputsOf !== undefined) return inputsOf(message);
  return isRepeated(message, before) ? '' : message.typed;
}

/** A question that was asked again stands there once. */
function isRepeated({ again, typed }: Message, before: Message | undefined): boolean {
  return again !== undefined && before?.typed === typed;
}

function answerText({ run }: Message): string {
  const known = texts.get(run);
  if (known !== undefined) return known;
  const outputs = shownOutputs(run).map(({ name, markdown }) => `${name}\n${readText(withoutThinking(markdown))}`);
  const text = outputs.length > 0 ? outputs.join('\n') : readText(withoutThinking(run.text));
  // One that grows is another run with each word.
  if (isEnded(run)) texts.set(run, text);
  return text;
}

function countIn(text: string, expression: RegExp): number {
  let times = 0;
  for (const _ of text.matchAll(expression)) times++;
  return times;
}
