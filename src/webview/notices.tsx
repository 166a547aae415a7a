import type { ComponentChildren, VNode } from 'preact';
import type { Wish } from '../conversation/fromWebview.ts';
import type { HideableNotice, Notice } from '../conversation/appFace.ts';
import type { Actions } from './actions.ts';
import { formatTime } from '../conversation/format.ts';
import { Icon } from './icon.tsx';
import { language, t } from './locale.ts';
import { memo } from './memo.ts';

interface Properties {
  readonly notices: readonly Notice[];
  readonly actions: Actions;
}

/** What a person should know while they use the app, between the app bar and the messages. */
export const Notices = memo(function Notices({ notices, actions }: Properties): VNode {
  return (
    <>
      {notices.map((notice) => (
        <Banner key={notice.kind} notice={notice} actions={actions} />
      ))}
    </>
  );
});

function Banner({ notice, actions }: { readonly notice: Notice; readonly actions: Actions }): VNode {
  const button = (label: string, wish: Wish): VNode => (
    <button class="btn link small" type="button" onClick={() => actions.wish(wish)}>
      {label}
    </button>
  );
  const hide = (kind: HideableNotice, title: string): VNode => (
    <button
      class="icon-btn"
      type="button"
      aria-label={t('hideNotice')}
      title={title}
      onClick={() => actions.hideNotice(kind)}
    >
      <Icon name="close" />
    </button>
  );
  switch (notice.kind) {
    case 'offline': {
      const time = formatTime(notice.at, language);
      return (
        <Frame icon="debug-disconnect warn">
          {t('offline', { host: notice.host, time })} {button(t('tryAgain'), 'retryConnection')}
          {button(t('showLog'), 'showLog')}
        </Frame>
      );
    }
    case 'demo':
      return (
        <Frame icon="beaker info" end={hide('demo', t('hide'))}>
          {t('demo')} {button(t('connectYourApp'), 'connect')}
          {button(t('leaveDemo'), 'leaveDemo')}
        </Frame>
      );
    case 'unencrypted':
      return (
        <Frame icon="unlock warn" end={hide('unencrypted', t('hideKeepsMark'))}>
          {t('notEncrypted', { url: notice.url })} {button(t('changeAddress'), 'changeAddress')}
        </Frame>
      );
  }
}

interface FrameProperties {
  /** A codicon and a class for its colour. */
  readonly icon: string;
  /** At the right: what hides the notice. */
  readonly end?: VNode;
  readonly children: ComponentChildren;
}

function Frame({ icon, end, children }: FrameProperties): VNode {
  return (
    <div class="banner" role="group" aria-label={t('notice')}>
      <Icon name={icon} />
      <div>{children}</div>
      {end ?? <span />}
    </div>
  );
}
