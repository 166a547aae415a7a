import * as v from 'valibot';
import { isFields, parseJson, type Fields } from '../dify/json.ts';
import { emptyConversation, type Conversation, type Message } from './conversation.ts';
import type { Translate } from './failure.ts';
import type { Run } from './run.ts';
import { restoreMessage, storedHead, storedMessage, type Cut } from './stored.ts';
import { storedRun } from './storedRun.ts';

/** A line: what the conversation is called; a message from its beginning; or what came to one. Text is what was appended. */
const lineSchema = v.object({
  version: v.literal(2),
  head: v.optional(storedHead),
  message: v.optional(storedMessage),
  more: v.optional(v.object({ key: v.string(), text: v.string(), run: v.custom<Fields>(isFields) })),
});

type StoredMessage = v.InferOutput<typeof storedMessage>;
type StoredNodes = StoredMessage['run']['nodes'];
type More = v.InferOutput<typeof lineSchema>['more'] & object;

/** What the log of a running turn says already, and so what is to be appended to it. */
export class TurnLog {
  #head: Conversation | undefined;
  #said: Message | undefined;

  /** Lines that bring the log to what the conversation is, as far as the message of this key goes; '' for none. */
  follow(conversation: Conversation, key: string): string {
    const message = conversation.messages.findLast((one) => one.key === key);
    if (message === undefined || message === this.#said) return '';
    const said = this.#said;
    const lines: object[] = [];
    if (!sameHead(this.#head, conversation)) lines.push({ head: headOf(conversation) });
    lines.push(said !== undefined && goesOn(said, message) ? { more: moreOf(said, message) } : { message });
    this.#head = conversation;
    this.#said = message;
    return lines.map((line) => `${JSON.stringify({ version: 2, ...line })}\n`).join('');
  }
}

function headOf({ key, id, name, inputs }: Conversation): object {
  return { key, id, name, inputs };
}

function moreOf(before: Message, { key, run }: Message): object {
  return { key, text: run.text.slice(before.run.text.length), run: changedMembers(before.run, run) };
}

function sameHead(a: Conversation | undefined, b: Conversation): boolean {
  return a !== undefined && a.id === b.id && a.name === b.name && a.inputs === b.inputs;
}

/** Whether nothing but its run changed, and of the text nothing but its end. */
function goesOn(before: Message, after: Message): boolean {
  const { run, ...rest } = after;
  const isSame = Object.entries(rest).every(([name, value]) => Reflect.get(before, name) === value);
  return isSame && run.text.startsWith(before.run.text);
}

/** All but the text. Of the nodes those that changed: with a thousand of them, each change would write all of them. */
function changedMembers(before: Run, after: Run): Partial<Run> {
  const isChanged = ([name, value]: [string, unknown]): boolean =>
    name !== 'text' && Reflect.get(before, name) !== value;
  const changed: Partial<Run> = Object.fromEntries(Object.entries(after).filter(isChanged));
  if (changed.nodes === undefined) return changed;
  const known = new Set(before.nodes);
  return { ...changed, nodes: after.nodes.filter((node) => !known.has(node)) };
}

/**
 * What a log says: a conversation of the messages that ran. `undefined` if it says of no conversation. It ends before the first line that
 * is none: the last one may have been torn when its writer was killed.
 *
 * @param cut why an answer without an end has none
 */
export function readTurnLog(text: string, t: Translate, cut?: Cut): Conversation | undefined {
  let head: v.InferOutput<typeof storedHead> | undefined;
  const messages = new Map<string, StoredMessage>();
  for (const json of text.split('\n')) {
    const { success, output } = v.safeParse(lineSchema, parseJson(json));
    if (!success) break;
    head = output.head ?? head;
    const said = output.more === undefined ? output.message : withMore(messages, output.more);
    if (said !== undefined) messages.set(said.key, said);
  }
  if (head === undefined) return undefined;
  const { key, id, name, inputs } = head;
  const said = [...messages.values()].map((message) => restoreMessage(message, t, cut));
  return { ...emptyConversation, key, id, name, inputs, messages: said };
}

function withMore(messages: ReadonlyMap<string, StoredMessage>, more: More): StoredMessage | undefined {
  const known = messages.get(more.key);
  if (known === undefined) return undefined;
  const { success, output } = v.safeParse(storedRun, { ...known.run, ...more.run, text: known.run.text + more.text });
  if (!success) return undefined;
  const nodes = more.run['nodes'] === undefined ? known.run.nodes : withNodes(known.run.nodes, output.nodes);
  return { ...known, run: { ...output, nodes } };
}

/** Nodes keep their places: those that are known the ones they have, new ones come after them. */
function withNodes(known: StoredNodes, changed: StoredNodes): StoredNodes {
  return [...new Map([...known, ...changed].map((node) => [node.id, node])).values()];
}
