import type { VNode } from 'preact';
import { useCallback, useRef, useState } from 'preact/hooks';
import type { AppChoice, AppFace } from '../conversation/appFace.ts';
import type { Actions } from './actions.ts';
import { AppIcon } from './appIcon.tsx';
import { AboutApp } from './apps/aboutApp.tsx';
import { AppMenu } from './apps/appMenu.tsx';
import { Icon } from './icon.tsx';
import { t } from './locale.ts';
import { memo } from './memo.ts';

interface Properties {
  readonly app: AppFace;
  readonly apps: readonly AppChoice[];
  /** Of the conversation: its name, or its first question; '' if it has neither. */
  readonly title: string;
  /** Whether the list of conversations is shown. */
  readonly listed: boolean;
  /** Whether pictures of the app's server are shown unasked. */
  readonly showsImages: boolean;
  readonly actions: Actions;
}

/** Where one is: the app, and the conversation with it. */
export const AppBar = memo(function AppBar(properties: Properties): VNode {
  const { app, apps, title, listed, showsImages, actions } = properties;
  const shown = title === '' ? t('newConversation') : title;
  return (
    <header class="app-bar">
      <AppCrumb app={app} apps={apps} showsImages={showsImages} actions={actions} />
      <span class="crumb-sep" aria-hidden="true">
        /
      </span>
      <button
        class="crumb conversation"
        type="button"
        aria-expanded={listed}
        aria-label={listed ? t('backToConversation') : t('showConversations', { title: shown })}
        title={listed ? t('conversations') : shown}
        onClick={() => actions.toggle('conversations')}
      >
        <span class="cut">{listed ? t('conversations') : shown}</span>
      </button>
      <Marks app={app} actions={actions} />
    </header>
  );
});

/** What is special about the app, at the end of the bar. */
function Marks({ app, actions }: Pick<Properties, 'app' | 'actions'>): VNode | null {
  const { pinnedVersion: version, unencrypted, host } = app;
  if (version === '' && !unencrypted) return null;
  return (
    <span class="end-slot">
      {version !== '' && <Pinned version={version} change={() => actions.wish('pinVersion')} />}
      {unencrypted && <Unencrypted host={host} show={() => actions.showNotice('unencrypted')} />}
    </span>
  );
}

type CrumbProperties = Pick<Properties, 'app' | 'apps' | 'showsImages' | 'actions'>;

/** The app, and what can be chosen in its place. */
function AppCrumb({ app, apps, showsImages, actions }: CrumbProperties): VNode {
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<'menu' | 'about'>();
  const close = useCallback(() => {
    setOpen(undefined);
    opener.current?.focus();
  }, []);
  return (
    <>
      <button
        ref={opener}
        class="crumb app"
        type="button"
        aria-haspopup="menu"
        aria-expanded={open === 'menu'}
        aria-label={t('switchApp', { app: app.name })}
        title={`${app.name} · ${app.host}`}
        onClick={() => setOpen(open === undefined ? 'menu' : undefined)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open !== undefined) return;
          event.preventDefault();
          setOpen('menu');
        }}
      >
        <AppIcon app={app} />
        <span class="cut">{app.name}</span>
        <Icon name={open === 'menu' ? 'chevron-up' : 'chevron-down'} classes="s" />
      </button>
      {open === 'menu' && (
        <AppMenu
          app={app}
          apps={apps}
          showsImages={showsImages}
          actions={actions}
          about={() => setOpen('about')}
          close={close}
        />
      )}
      {open === 'about' && <AboutApp app={app} actions={actions} close={close} />}
    </>
  );
}

/** Not what the owner published last answers here. */
function Pinned({ version, change }: { readonly version: string; readonly change: () => void }): VNode {
  const label = t('versionPinned', { version });
  return (
    <button class="icon-btn" type="button" aria-label={label} title={label} onClick={change}>
      <Icon name="pinned" />
    </button>
  );
}

/** Stays where the notice that says the same was hidden, and shows it again. */
function Unencrypted({ host, show }: { readonly host: string; readonly show: () => void }): VNode {
  return (
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
  );
}
