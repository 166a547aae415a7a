import type { VNode } from 'preact';
import type { Actions } from './actions.ts';
import { t } from './locale.ts';

/** The page before any app is connected. */
export function Welcome({ wish }: Pick<Actions, 'wish'>): VNode {
  return (
    <>
      <section class="transcript" aria-label={t('welcome')} tabIndex={0}>
        <div class="hero middle">
          <Mark />
          <h2>{t('welcomeTitle')}</h2>
          <p>{t('welcomeText')}</p>
          <div class="stack">
            <button class="btn primary wide" type="button" data-first-focus onClick={() => wish('connect')}>
              {t('connectApp')}
            </button>
            <button class="btn wide" type="button" onClick={() => wish('startDemo')}>
              {t('tryDemo')}
            </button>
            <button class="btn link wide" type="button" onClick={() => wish('howItWorks')}>
              {t('howItWorks')}
            </button>
          </div>
        </div>
      </section>
      <footer class="dock">
        <p class="tiny muted">{t('community')}</p>
      </footer>
    </>
  );
}

/** A speech bubble that holds a text cursor: the extension's own mark. */
function Mark(): VNode {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linejoin="round"
      stroke-linecap="round"
    >
      <path d="M6 3.75h12A2.75 2.75 0 0 1 20.75 6.5v7.75A2.75 2.75 0 0 1 18 17h-6.25l-4 3.5V17H6a2.75 2.75 0 0 1-2.75-2.75V6.5A2.75 2.75 0 0 1 6 3.75Z" />
      <path d="M10.25 7.25c1 0 1.75.45 1.75 1.1v4.05c0 .65-.75 1.1-1.75 1.1M13.75 7.25c-1 0-1.75.45-1.75 1.1v4.05c0 .65.75 1.1 1.75 1.1" />
    </svg>
  );
}
