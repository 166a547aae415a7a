import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { ask } from '../../src/conversation/ask.ts';
import { newConversation } from '../../src/conversation/conversation.ts';
import type { ConversationEvent } from '../../src/conversation/events.ts';
import { ConversationSession, plainQuestion, type ChatApp } from '../../src/conversation/session.ts';
import { ApiKey } from '../../src/dify/apiKey.ts';
import { chat } from '../../src/dify/chat.ts';
import { DifyClient } from '../../src/dify/client.ts';
import type { Journal } from '../../src/host/conversationFiles.ts';
import { askedOnly } from '../support/chatApps.ts';
import { filesIn } from '../support/filesIn.ts';
import type { Shown, WindowTask } from './windowTask.ts';

// A window without VS Code: the conversation of one app, as the extension host holds and keeps it.

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The test that starts this process writes it.
const task = JSON.parse(process.argv[2] ?? '') as WindowTask;
const t = (message: string): string => message;
const files = filesIn(task.storage, (words, error) => {
  process.stderr.write(`${words} ${String(error)}\n`);
});

const kept = await files.read(task.app, (await files.current(task.app)) ?? '');
const conversation = kept?.conversation ?? newConversation();
const journal = files.journal(task.app, conversation);
const session = new ConversationSession(appOf(task), conversation);
session.onEvent((event) => {
  journal.note(event, session.conversation);
  showEvent(event);
});
await files.keepCurrent(task.app, conversation.key);
if (task.turns === undefined) await Promise.all([askForEver(), typeForEver(journal)]);
else await askTimes(task.turns);

/** Asks when it is told to begin, and ends. */
async function askTimes(turns: number): Promise<void> {
  show({ ready: true });
  await once(process.stdin, 'data');
  process.stdin.destroy();
  for (let turn = 1; turn <= turns; turn++) {
    await session.send(plainQuestion(`${task.name}: question ${turn}`));
    if (turn % 2 === 0) await journal.flush();
    await after(Math.random() * 10);
  }
  await journal.flush();
}

async function askForEver(): Promise<never> {
  for (let turn = 1; ; turn++) {
    await session.send(
      plainQuestion(`${task.name}: question ${turn}. What do you know of the weather, and how long does it rain?`),
    );
    await after(20);
  }
}

async function typeForEver(into: Journal): Promise<never> {
  for (let letters = 1; ; letters++) {
    const text = `${task.name} typed ${'la '.repeat(letters)}`;
    into.typed({ text, contexts: [], files: [], queue: [], form: {}, humanInput: {} });
    show({ typed: text });
    await after(30);
  }
}

function showEvent(event: ConversationEvent): void {
  if (event.type === 'asked') show({ asked: event.key });
  if (event.type !== 'run') return;
  const { conversation: now } = session;
  const run = now.messages.findLast(({ key }) => key === event.key)?.run;
  if (event.event.type === 'started') show({ asked: event.key, id: now.id, messageId: run?.messageId });
  else show({ asked: event.key, text: run?.text, status: run?.status.type });
}

/** Tells the test what a person sees from now on. Done when it returns, whatever comes then. */
function show(shown: Omit<Shown, 'at'>): void {
  writeSync(1, `${JSON.stringify({ at: Date.now(), ...shown })}\n`);
}

function appOf({ baseUrl, key }: WindowTask): ChatApp {
  if (baseUrl === undefined) return askedOnly((question) => echo(question.query));
  const connection = { baseUrl, apiKey: new ApiKey(key ?? '', new URL(baseUrl).origin), user: 'ann' };
  const client = new DifyClient(
    () => Promise.resolve(connection),
    (url, init) => fetch(url, init),
  );
  const words = { t, host: 'here', keepsAnswers: false };
  return askedOnly(({ query, conversationId = '' }, signal) =>
    ask(chat(client, { query, inputs: {}, conversation_id: conversationId }, signal), words),
  );
}

/** An app that answers at once with the question. */
async function* echo(query: string): ReturnType<ChatApp['ask']> {
  const messageId = crypto.randomUUID();
  yield { type: 'started', messageId, conversationId: 'c-echo', runId: undefined, stoppable: true };
  await after(Math.random() * 3);
  yield { type: 'textAppended', text: query };
  yield { type: 'answered', usage: undefined };
}
