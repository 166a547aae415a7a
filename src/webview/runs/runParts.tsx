import type { VNode } from 'preact';
import type { AppFace } from '../../conversation/appFace.ts';
import { isEnded } from '../../conversation/run.ts';
import type { Actions, Panel } from '../actions.ts';
import type { Page } from '../page.ts';
import { Hero } from '../transcript/emptyConversation.tsx';
import { RunDock } from './runDock.tsx';
import { RunForm } from './runForm.tsx';

/** What stands around the messages: above the first, under the last, and below all of them. */
export interface TalkParts {
  readonly beginning: VNode | null;
  readonly ending: VNode | null;
  readonly dock: VNode | null;
}

interface RunPartsProperties {
  readonly app: AppFace;
  readonly page: Page;
  readonly panel: Panel | undefined;
  readonly actions: Actions;
}

/** Of an app that is run by its form: the form is to be seen before the first run, and when another one is wanted. */
export function runParts({ app, page, panel, actions }: RunPartsProperties): TalkParts {
  const { form, conversation } = page;
  const { key, inputs, messages } = conversation;
  const run = messages.findLast((message) => !isEnded(message.run))?.run;
  const running = run && (run.stoppable ? 'stoppable' : 'unstoppable');
  const isAsked = panel === 'inputs';
  const asks = running === undefined && (messages.length === 0 || isAsked);
  const shared = { app, conversationKey: key, actions };
  return {
    beginning: messages.length === 0 ? <Hero app={app} /> : null,
    ending: asks ? <RunForm key={key} {...shared} inputs={inputs} messages={messages} form={form} /> : null,
    dock: asks ? null : <RunDock {...shared} running={running} isAsked={isAsked} />,
  };
}
