import type { Conversation, Message } from './conversation.ts';
import type { Translate } from './failure.ts';
import type { RunStatus } from './run.ts';
import { answerOf } from './outputs.ts';
import { shownInputs } from './runApps.ts';
import { withoutThinking } from './thinking.ts';

/** What of the app stands in an exported file: nothing that opens it. */
export interface ExportedApp {
  readonly name: string;
  readonly mode: string;
  readonly host: string;
}

/** Rises when a member changes its meaning or goes. */
const version = 1;

/** Conversations as a file for programs. Times are ISO 8601. */
export function exportJson(app: ExportedApp, conversations: readonly Conversation[]): string {
  const file = { schema: 'dify-companion/conversations', version, app, conversations: conversations.map(plain) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function plain({ id, name, inputs, messages }: Conversation): object {
  return { id, name, inputs, messages: messages.map(plainMessage) };
}

function plainMessage({ typed, inputs, contexts, files, askedAt, run, rating }: Message): object {
  const { totalTokens, latency, totalPrice, currency } = run.usage ?? {};
  return {
    askedAt: isoTime(askedAt),
    question: typed,
    inputs,
    attached: contexts.map(({ kind, name, lines }) => ({ kind, name, lines })),
    uploaded: files.map(({ name, type, size }) => ({ name, type, size })),
    answer: run.text,
    outputs: run.outputs,
    status: run.status.type,
    messageId: run.messageId,
    runId: run.runId,
    rating,
    sources: run.citations.map(({ document_name, dataset_name, score, content }) => ({
      document: document_name,
      knowledge: dataset_name,
      score,
      content,
    })),
    files: run.files.map(({ filename, mime_type, size }) => ({ filename, mime_type, size })),
    usage: run.usage === undefined ? undefined : { totalTokens, latency, totalPrice, currency },
  };
}

/** Conversations as a document for people. */
export function exportMarkdown(app: ExportedApp, conversations: readonly Conversation[], t: Translate): string {
  return `${conversations.map((one) => conversationMarkdown(app, one, t)).join('\n\n---\n\n')}\n`;
}

/** What a conversation is called: its name, else its first question in one line. */
export function titleOf({ name, messages }: Pick<Conversation, 'name' | 'messages'>): string {
  const line = (name || (messages[0]?.typed ?? '')).trim().replaceAll(/\s+/g, ' ');
  return line.length <= 80 ? line : `${line.slice(0, 79).trimEnd().toWellFormed()}…`;
}

function conversationMarkdown(app: ExportedApp, conversation: Conversation, t: Translate): string {
  const title = titleOf(conversation) || t('New conversation');
  const parts = conversation.messages.map((message) => messageMarkdown(app, message, t));
  return [`# ${title}`, `${app.name} · ${app.host}`, ...parts].join('\n\n');
}

function messageMarkdown(app: ExportedApp, message: Message, t: Translate): string {
  const { contexts, files, askedAt, run } = message;
  const texts = contexts.map(({ name, kind, lines }) => `${name || kind}${lines ? `:${lines.join('–')}` : ''}`);
  const attached = [...texts, ...files.map(({ name }) => name)];
  const sources = [...new Set(run.citations.map(({ document_name: name }) => name ?? ''))].filter(
    (name) => name !== '',
  );
  const end = endOf(run.status, t);
  return [
    `## ${t('You')} · ${isoTime(askedAt).replace('T', ' ').slice(0, 16)} UTC`,
    ...(attached.length === 0 ? [] : [`*${t('Attached: {names}', { names: attached.join(', ') })}*`]),
    askedMarkdown(message),
    `## ${app.name}`,
    ...[withoutThinking(answerOf(run)).trim()].filter((text) => text !== ''),
    ...(end === '' ? [] : [`*${end}*`]),
    ...(sources.length === 0 ? [] : [`${t('Sources')}:\n\n${sources.map((name) => `- ${name}`).join('\n')}`]),
  ].join('\n\n');
}

/** The question; of a run what it was given, by the names that the app's form has for it. */
function askedMarkdown(message: Message): string {
  if (message.inputs === undefined) return message.typed.trim();
  return shownInputs([], message)
    .map(({ label, value }) => {
      const text = String(value);
      return text.includes('\n')
        ? `- **${label}**:\n\n${text.replaceAll(/^(?=.)/gm, '  ')}`
        : `- **${label}**: ${text}`;
    })
    .join('\n');
}

/** What became of an answer that is not whole; '' for one that is. */
function endOf(status: RunStatus, t: Translate): string {
  switch (status.type) {
    case 'done':
      return '';
    case 'stopped':
      return t('Stopped.');
    case 'incomplete':
    case 'failed':
      return `${status.failure.fact} ${status.failure.advice}`.trimEnd();
    case 'waiting':
    case 'answering':
      return t('Not finished yet.');
    case 'paused':
      return t('Waits for somebody to fill in a form.');
  }
}

function isoTime(at: number): string {
  return new Date(at).toISOString();
}
