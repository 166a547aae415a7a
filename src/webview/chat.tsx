import type { VNode } from 'preact';
import { isEnded } from '../conversation/run.ts';
import type { Actions, Panel } from './actions.ts';
import { AppBar } from './appBar.tsx';
import { Composer } from './composer/composer.tsx';
import { LiveRegions } from './liveRegions.tsx';
import { t } from './locale.ts';
import type { News } from './news.ts';
import { Notices } from './notices.tsx';
import type { Page } from './page.ts';
import { Transcript } from './transcript/transcript.tsx';
import { Welcome } from './welcome.tsx';

interface Properties {
  readonly page: Page;
  readonly news: News | undefined;
  readonly hint: string;
  readonly panel: Panel | undefined;
  readonly actions: Actions;
}

/** The whole page. */
export function Chat({ page, news, hint, actions }: Properties): VNode | null {
  // Nothing is known yet; an empty page for a moment is calmer than a wrong one.
  if (page.seq === undefined) return null;
  const { app, conversation, text, notices } = page;
  const name = app === undefined ? t('chat') : t('chatWith', { app: app.name });
  const running = conversation.messages.findLast((message) => !isEnded(message.run))?.run;
  const answering = running === undefined ? undefined : running.stoppable ? 'stoppable' : 'unstoppable';
  return (
    <main class="chat" aria-label={name}>
      <h1 class="sr-only">{name}</h1>
      {app === undefined ? (
        <Welcome wish={actions.wish} />
      ) : (
        <>
          <AppBar app={app} question={conversation.messages[0]?.query} actions={actions} />
          <Notices notices={notices} actions={actions} />
          <Transcript app={app} conversation={conversation} actions={actions} />
          <Composer appName={app.name} text={text} answering={answering} actions={actions} />
        </>
      )}
      <LiveRegions news={news} hint={hint} appName={app?.name ?? ''} />
    </main>
  );
}
