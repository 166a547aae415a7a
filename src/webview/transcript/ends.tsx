import type { VNode } from 'preact';
import type { Failure, Remedy } from '../../conversation/failure.ts';
import type { RunStatus } from '../../conversation/run.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';

interface FailedProperties {
  readonly failure: Failure;
  readonly remedy: (remedy: Remedy) => void;
}

interface EndedProperties extends FailedProperties {
  readonly exportConversation: () => void;
}

/** Asking again, in the words of the app. */
interface Again {
  readonly label: string;
  readonly act: () => void;
}

interface IncompleteProperties extends FailedProperties {
  /** `undefined` while another answer is under way. */
  readonly again: Again | undefined;
}

interface StoppedProperties {
  readonly hasText: boolean;
  readonly because: Extract<RunStatus, { type: 'stopped' }>['because'];
  /** `undefined` while another answer is under way. */
  readonly again: Again | undefined;
}

/**
 * An answer that the person stopped, or that was stopped when the window was closed. Where nothing came there is no row of actions to ask
 * again from.
 */
export function Stopped({ hasText, because, again }: StoppedProperties): VNode {
  return (
    <p class="end line">
      <Icon name="circle-slash" />
      <span>
        {t(stoppedWords(hasText, because))}{' '}
        {!hasText && again !== undefined && (
          <button class="btn link small" type="button" onClick={again.act}>
            {again.label}
          </button>
        )}
      </span>
    </p>
  );
}

function stoppedWords(hasText: boolean, because: StoppedProperties['because']) {
  switch (because) {
    case 'closed':
      return hasText ? 'stoppedByClosing' : 'stoppedByClosingEmpty';
    case 'server':
      return hasText ? 'stoppedByServer' : 'stoppedByServerEmpty';
    case undefined:
      return hasText ? 'stopped' : 'stoppedEmpty';
  }
}

/** An answer that was cut off: what arrived is above, and may not be all. It was taken, so trying again is asking again. */
export function Incomplete({ failure, remedy, again }: IncompleteProperties): VNode {
  return (
    <div class="end" role="group" aria-label={t('incomplete')}>
      <Icon name="debug-disconnect" classes="warn" />
      <Reason failure={failure} />
      <div class="actions">
        {failure.remedy !== 'retry' && <RemedyButtons failure={failure} remedy={remedy} />}
        {again !== undefined && (
          <button class="btn small" type="button" onClick={again.act}>
            {again.label}
          </button>
        )}
      </div>
    </div>
  );
}

/** An answer that never came. */
export function Failed({ failure, remedy, exportConversation }: EndedProperties): VNode {
  const isGone = failure.remedy === 'newConversation';
  return (
    <div class="end" role="group" aria-label={isGone ? t('conversationGone') : t('failed')}>
      {isGone ? <Icon name="comment-unresolved" classes="muted" /> : <Icon name="error" classes="error" />}
      <Reason failure={failure} and={failure.remedy === 'enterKey' ? t('messageKept') : ''} />
      <div class="actions">
        <RemedyButtons failure={failure} remedy={remedy} />
        {isGone && (
          <button class="btn small" type="button" onClick={exportConversation}>
            {t('exportConversation')}
          </button>
        )}
      </div>
    </div>
  );
}

function Reason({ failure, and = '' }: { readonly failure: Failure; readonly and?: string }): VNode {
  return (
    <div>
      <strong>{failure.fact}</strong> {[failure.advice, and].filter((words) => words !== '').join(' ')}
      {failure.details !== '' && failure.details !== failure.advice && (
        <details class="fold">
          <summary>{t('details')}</summary>
          <div class="fold-body">
            <code class="details-text">{failure.details}</code>
          </div>
        </details>
      )}
    </div>
  );
}

/** The button that helps; where the person first has to change something, also the one that tries again. */
function RemedyButtons({ failure, remedy }: FailedProperties): VNode | null {
  const retry = (
    <button class="btn small" type="button" onClick={() => remedy('retry')}>
      {t('retry')}
    </button>
  );
  switch (failure.remedy) {
    case 'none':
      return null;
    case 'retry':
      return retry;
    case 'fetchRest':
      return <PrimaryButton label={t('fetchRest')} act={() => remedy('fetchRest')} />;
    case 'newConversation':
      return <PrimaryButton label={t('continueInNew')} act={() => remedy('newConversation')} />;
    default:
      return (
        <>
          <PrimaryButton label={t(failure.remedy)} act={() => remedy(failure.remedy)} />
          {retry}
        </>
      );
  }
}

function PrimaryButton({ label, act }: { readonly label: string; readonly act: () => void }): VNode {
  return (
    <button class="btn small primary" type="button" onClick={act}>
      {label}
    </button>
  );
}
