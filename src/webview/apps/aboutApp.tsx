import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { allowedAddress } from '../../conversation/links.ts';
import type { AppFace } from '../../conversation/appFace.ts';
import type { Actions } from '../actions.ts';
import { t } from '../locale.ts';

interface Properties {
  readonly app: AppFace;
  readonly actions: Actions;
  /** Gives the focus back, too. */
  readonly close: () => void;
}

/** What the app's owner says of the app. */
export function AboutApp({ app, actions, close }: Properties): VNode {
  const button = useRef<HTMLButtonElement>(null);
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => button.current?.focus(), []);
  useEffect(() => {
    const pressed = ({ target }: Event): void => {
      if (target instanceof Node && root.current?.contains(target) === false) close();
    };
    document.addEventListener('pointerdown', pressed, true);
    return () => document.removeEventListener('pointerdown', pressed, true);
  }, [close]);
  const { description, disclaimer, host, name, privacyPolicy } = app;
  const says = [description, disclaimer, privacyPolicy].some((text) => text !== '');
  return (
    <div
      class="menu under-bar about"
      role="dialog"
      aria-label={t('aboutApp', { app: name })}
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        close();
      }}
    >
      <h2>{name}</h2>
      <p class="muted">{host}</p>
      {!says && <p>{t('aboutNothing')}</p>}
      {description !== '' && <p>{description}</p>}
      {disclaimer !== '' && <p>{disclaimer}</p>}
      {privacyPolicy !== '' && <Privacy policy={privacyPolicy} openLink={actions.openLink} />}
      <button class="btn" type="button" ref={button} onClick={close}>
        {t('aboutClose')}
      </button>
    </div>
  );
}

/** An address is opened like any other that the app names; anything else is text. */
function Privacy({ policy, openLink }: { readonly policy: string; readonly openLink: (href: string) => void }): VNode {
  const address = allowedAddress(policy);
  if (address === undefined) return <p>{policy}</p>;
  return (
    <a
      href={address}
      title={address}
      onClick={(event) => {
        event.preventDefault();
        openLink(address);
      }}
    >
      {t('privacyPolicy')}
    </a>
  );
}
