import type { Conversation } from '../../conversation/conversation.ts';
import { deadlineOf, isOpen } from '../../conversation/humanInput.ts';
import type { RunEvent } from '../../conversation/run.ts';
import { endsRun } from '../../conversation/session.ts';
import type { ChatActivity } from '../activity.ts';

/** A conversation, and whether an answer runs in it. */
export interface Going {
  readonly appId: string;
  readonly answering: boolean;
  readonly conversation: Conversation;
}

const longest = 40;

/** @param going what is shown comes first */
export function activityOf(going: readonly Going[], now: number): ChatActivity {
  const running = going.find(({ answering }) => answering);
  return {
    answering: running === undefined ? undefined : { appId: running.appId, title: titleOf(running.conversation) },
    waiting: going.flatMap(({ appId, conversation }) =>
      deadlines(conversation)
        .filter((until) => until === undefined || until > now)
        .map((until) => ({ appId, until })),
    ),
  };
}

/** Whether the activity may be another one after the event: most events bring a piece of text. */
export function changesActivity(event: RunEvent): boolean {
  return event.type === 'resumed' || event.type.startsWith('form') || endsRun(event);
}

/** For each run that waits, until when. */
function deadlines({ messages }: Conversation): readonly (number | undefined)[] {
  return messages
    .filter(({ run }) => run.status.type === 'paused')
    .map(({ run }) => {
      const form = run.forms.find(isOpen)?.form;
      return form && deadlineOf(form);
    });
}

/** What was asked first: the conversation has no other name here. */
function titleOf({ messages }: Conversation): string {
  const line = (messages[0]?.query ?? '').trim().replaceAll(/\s+/g, ' ');
  return line.length <= longest ? line : `${line.slice(0, longest - 1).trimEnd()}…`;
}
