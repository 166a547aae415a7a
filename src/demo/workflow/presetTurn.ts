import { eventStream } from '../http/eventStream.ts';
import { blockingResponse } from '../http/responses.ts';
import type { Preset } from '../turns/preset.ts';
import type { Call } from '../routes.ts';
import type { Message } from '../history/store.ts';
import { patience, pingFrame } from './runStream.ts';
import { usageData } from './tokens.ts';

/**
 * Answers a chatflow's turn with words of the app: nothing runs, and they come in one piece. A newer server then forgets to end its
 * stream, for minutes.
 */
export function presetAnswer(call: Call, message: Message, preset: Preset): Promise<Response> {
  const { app, body, request, server } = call;
  const begun = server.clock.now();
  const ids = { id: message.id, message_id: message.id };
  const taskId = server.uuid();
  message.answer = preset.text;
  const metadata = (): object => ({
    ...(preset.annotation === null ? { annotation_reply: null } : {}),
    retriever_resources: [],
    usage: {
      ...usageData(undefined),
      time_to_first_token: (server.clock.now() - begun) / 1000,
      time_to_generate: 0,
    },
  });
  if (body['response_mode'] !== 'streaming') {
    const { conversationId, createdAt } = message;
    const answer = { conversation_id: conversationId, mode: app.mode, answer: preset.text, metadata: metadata() };
    const whole = { event: 'message', task_id: taskId, ...ids, ...answer, created_at: createdAt };
    return Promise.resolve(blockingResponse(whole));
  }
  const { relays } = server.generation.workflow;
  const frame = (event: string, own: object): string => {
    const head = { event, conversation_id: message.conversationId, message_id: message.id };
    const whole = { ...head, created_at: message.createdAt, task_id: taskId, id: message.id, ...own };
    return `data: ${server.generation.eventJson(whole)}\n\n`;
  };
  async function* frames(): AsyncGenerator<string, void> {
    if (relays) yield pingFrame;
    yield frame('message', { answer: preset.text, from_variable_selector: null });
    yield frame('message_end', { metadata: metadata(), files: [] });
    if (relays) await server.clock.sleep(patience, request.signal);
  }
  return eventStream(frames(), request.signal, () => {});
}
