import type { VNode } from 'preact';
import type { AppFace } from '../conversation/protocol.ts';
import { AppIcon } from './appIcon.tsx';
import { Icon } from './icon.tsx';
import { t } from './locale.ts';
import { memo } from './memo.ts';

interface Properties {
  readonly app: AppFace;
  /** The first question of the conversation, if there is one: what a conversation is called until it has a name. */
  readonly question: string | undefined;
}

/** Where one is: the app, and the conversation with it. */
export const AppBar = memo(function AppBar({ app, question }: Properties): VNode {
  return (
    <header class="app-bar">
      <span class="crumb app" title={`${app.name} · ${app.host}`}>
        <AppIcon app={app} />
        <span class="cut">{app.name}</span>
      </span>
      <span class="crumb-sep" aria-hidden="true">
        /
      </span>
      <span class="crumb conversation">
        <span class="cut">{question ?? t('newConversation')}</span>
      </span>
      {app.unencrypted && <Unencrypted host={app.host} />}
    </header>
  );
});

function Unencrypted({ host }: { readonly host: string }): VNode {
  const meaning = t('notEncrypted', { host });
  return (
    <span class="end-slot">
      <span class="insecure" title={meaning}>
        <Icon name="unlock" />
        <span aria-hidden="true">http</span>
        <span class="sr-only">{meaning}</span>
      </span>
    </span>
  );
}
