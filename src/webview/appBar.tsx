import type { VNode } from 'preact';
import type { AppFace } from '../conversation/protocol.ts';
import type { Actions } from './actions.ts';
import { AppIcon } from './appIcon.tsx';
import { Icon } from './icon.tsx';
import { t } from './locale.ts';
import { memo } from './memo.ts';

interface Properties {
  readonly app: AppFace;
  /** The first question of the conversation, if there is one: what a conversation is called until it has a name. */
  readonly question: string | undefined;
  readonly actions: Actions;
}

/** Where one is: the app, and the conversation with it. */
export const AppBar = memo(function AppBar({ app, question, actions }: Properties): VNode {
  return (
    <header class="app-bar">
      <button
        class="crumb app"
        type="button"
        aria-haspopup="dialog"
        aria-label={t('switchApp', { app: app.name })}
        title={`${app.name} · ${app.host}`}
        onClick={() => actions.wish('switchApp')}
      >
        <AppIcon app={app} />
        <span class="cut">{app.name}</span>
        <Icon name="chevron-down" classes="s" />
      </button>
      <span class="crumb-sep" aria-hidden="true">
        /
      </span>
      <span class="crumb conversation">
        <span class="cut">{question ?? t('newConversation')}</span>
      </span>
      {app.unencrypted && <Unencrypted host={app.host} show={() => actions.showNotice('unencrypted')} />}
    </header>
  );
});

/** Stays where the notice that says the same was hidden, and shows it again. */
function Unencrypted({ host, show }: { readonly host: string; readonly show: () => void }): VNode {
  return (
    <span class="end-slot">
      <button
        class="insecure"
        type="button"
        aria-label={t('httpMark')}
        title={t('notEncrypted', { url: `http://${host}` })}
        onClick={show}
      >
        <Icon name="unlock" />
        <span>http</span>
      </button>
    </span>
  );
}
