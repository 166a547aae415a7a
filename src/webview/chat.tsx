import type { VNode } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { Conversation } from '../conversation/conversation.ts';
import { isAnsweredHere, openForms } from '../conversation/humanInput.ts';
import type { AppFace } from '../conversation/appFace.ts';
import { isRunApp } from '../conversation/runApps.ts';
import { isEnded } from '../conversation/run.ts';
import type { Actions, Panel } from './actions.ts';
import { AppBar } from './appBar.tsx';
import { Composer } from './composer/composer.tsx';
import { DeletedToast } from './conversations/deletedToast.tsx';
import { Find } from './find/find.tsx';
import { asksFirst, Beginning } from './form/beginning.tsx';
import { LiveRegions } from './liveRegions.tsx';
import { t } from './locale.ts';
import type { News } from './news.ts';
import { Notices } from './notices.tsx';
import type { Page } from './page.ts';
import { runParts, type TalkParts } from './runs/runParts.tsx';
import { SidePanel, takesPlace } from './sidePanel.tsx';
import { Transcript } from './transcript/transcript.tsx';
import { useReach } from './transcript/useReach.ts';
import { Welcome } from './welcome.tsx';

interface Properties {
  readonly page: Page;
  readonly news: News | undefined;
  readonly hint: string;
  readonly panel: Panel | undefined;
  readonly actions: Actions;
}

/** The whole page. */
export function Chat({ page, news, hint, panel, actions }: Properties): VNode | null {
  const { fontSize } = page.settings;
  useLayoutEffect(() => setFontSize(fontSize), [fontSize]);
  // Nothing is known yet; an empty page for a moment is calmer than a wrong one.
  if (page.seq === undefined) return null;
  const { app } = page;
  const name = app === undefined ? t('chat') : t('chatWith', { app: app.name });
  return (
    <main class="chat" aria-label={name}>
      <h1 class="sr-only">{name}</h1>
      <LiveRegions news={news} hint={hint} appName={app?.name ?? ''} />
      {app === undefined ? (
        <Welcome wish={actions.wish} />
      ) : (
        <Talk app={app} page={page} panel={panel} actions={actions} />
      )}
    </main>
  );
}

interface TalkProperties extends Pick<Properties, 'page' | 'panel' | 'actions'> {
  readonly app: AppFace;
}

function Talk({ app, page, panel, actions }: TalkProperties): VNode {
  const [reach, setReach] = useReach(page.revealed);
  const { conversation } = page;
  const runs = isRunApp(app.mode);
  const parts = { app, page, panel, actions };
  const { beginning, ending, dock } = runs ? runParts(parts) : chatParts(parts);
  return (
    <>
      <AppBar
        app={app}
        apps={page.apps}
        title={titleOf(conversation)}
        listed={panel === 'conversations'}
        showsImages={page.showsImages}
        actions={actions}
      />
      {panel === 'find' && (
        <Find
          messages={conversation.messages}
          form={runs ? app.form : undefined}
          draw={setReach}
          drawn={reach}
          actions={actions}
        />
      )}
      <Notices notices={page.notices} actions={actions} />
      <SidePanel panel={panel} page={page} actions={actions} />
      {/* Hidden, not gone: the reader comes back to the place that they left. */}
      <div class="talk" hidden={takesPlace(panel)}>
        <Shown {...parts} reach={reach} beginning={beginning} ending={ending} />
        {dock}
      </div>
      <DeletedToast deleted={page.list?.deleted} actions={actions} />
    </>
  );
}

interface ShownProperties extends TalkProperties, Pick<TalkParts, 'beginning' | 'ending'> {
  readonly reach: string | undefined;
}

/** The conversation that is shown. */
function Shown({ app, page, actions, reach, beginning, ending }: ShownProperties): VNode {
  return (
    <Transcript
      app={app}
      conversation={page.conversation}
      editor={page.editor}
      scroll={page.settings.scroll}
      reach={reach}
      followUps={page.followUps}
      humanInput={page.humanInput}
      speech={page.speech}
      fetched={page.fetched}
      showsImages={page.showsImages}
      sources={page.sources}
      beginning={beginning}
      ending={ending}
      actions={actions}
    />
  );
}

/** Of an app that is talked with. */
function chatParts({ app, page, panel, actions }: TalkProperties): TalkParts {
  const { conversation, form } = page;
  const beginning = (
    <Beginning
      app={app}
      conversationKey={conversation.key}
      inputs={conversation.inputs}
      isEmpty={conversation.messages.length === 0}
      form={form}
      isEditing={panel === 'inputs'}
      actions={actions}
    />
  );
  return { beginning, ending: null, dock: <Writing app={app} page={page} actions={actions} /> };
}

function Writing({ app, page, actions }: Omit<TalkProperties, 'panel'>): VNode {
  const { conversation } = page;
  return (
    <Composer
      appName={app.name}
      text={page.text}
      textChanges={page.textChanges}
      asksFirst={asksFirst(app, conversation.inputs, conversation.messages.length === 0)}
      needsForm={openFormIn(conversation)}
      answering={answeringIn(conversation)}
      contexts={page.contexts}
      uploads={page.uploads}
      takesFiles={app.takesFiles}
      hears={app.hears}
      editor={page.editor}
      queue={page.queue}
      queueHeld={page.queueHeld}
      mentions={page.mentions}
      slash={page.slash}
      sendKey={page.settings.sendKey}
      actions={actions}
    />
  );
}

/** '' for one without a name in which nothing was asked. */
function titleOf({ name, messages }: Conversation): string {
  return name || (messages[0]?.typed ?? '');
}

/** Whether an answer is under way, and whether Dify can be told to stop it. */
function answeringIn({ messages }: Conversation): 'stoppable' | 'unstoppable' | undefined {
  const running = messages.findLast((message) => !isEnded(message.run))?.run;
  if (running === undefined) return undefined;
  return running.stoppable ? 'stoppable' : 'unstoppable';
}

/** Whether the last answer waits for a form that can be answered here. */
function openFormIn({ messages }: Conversation): boolean {
  const last = messages.at(-1)?.run;
  return last !== undefined && openForms(last).some(isAnsweredHere);
}

/** @param size in pixels; 0 for that of VS Code */
function setFontSize(size: number): void {
  const { style } = document.documentElement;
  if (size === 0) style.removeProperty('--dc-font-size');
  else style.setProperty('--dc-font-size', `${size}px`);
}
