import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { memo } from '../memo.ts';
import { sends } from './keys.ts';

interface Properties {
  readonly appName: string;
  readonly text: string;
  /** Whether an answer is under way, and whether Dify can be told to stop it. */
  readonly answering: 'stoppable' | 'unstoppable' | undefined;
  readonly actions: Actions;
}

/** Where the person writes. While an answer comes it can be written on; sending waits. */
export const Composer = memo(function Composer({ appName, text, answering, actions }: Properties): VNode {
  return (
    <footer class="dock">
      <form
        class="composer"
        aria-label={t('message')}
        onSubmit={(event) => {
          event.preventDefault();
          actions.submit();
        }}
      >
        <Text
          label={t('messageTo', { app: appName })}
          placeholder={answering === undefined ? t('ask', { app: appName }) : t('askNext')}
          text={text}
          actions={actions}
        />
        <div class="composer-row">
          {answering !== undefined && <span class="hint">{t('escStops')}</span>}
          <span class="end-slot">
            {answering === undefined ? (
              <SendButton isMuted={text.trim() === ''} />
            ) : (
              <StopButton stoppable={answering === 'stoppable'} stop={actions.stop} />
            )}
          </span>
        </div>
      </form>
    </footer>
  );
});

interface TextProperties {
  readonly label: string;
  readonly placeholder: string;
  readonly text: string;
  readonly actions: Actions;
}

function Text({ label, placeholder, text, actions }: TextProperties): VNode {
  const field = useRef<HTMLTextAreaElement>(null);
  const composedAt = useRef(-Infinity);
  // Set only when it differs: setting would move the cursor and end a composition.
  useLayoutEffect(() => {
    if (field.current !== null && field.current.value !== text) field.current.value = text;
  }, [text]);
  return (
    <textarea
      ref={field}
      rows={1}
      data-first-focus
      aria-label={label}
      placeholder={placeholder}
      onInput={(event) => actions.type(event.currentTarget.value)}
      onCompositionEnd={(event) => (composedAt.current = event.timeStamp)}
      onKeyDown={(event) => {
        if (!sends(event, composedAt.current)) return;
        event.preventDefault();
        actions.submit();
      }}
    />
  );
}

/** Two buttons rather than one that changes: their names and places in the tab order are their own. */
function SendButton({ isMuted }: { readonly isMuted: boolean }): VNode {
  return (
    <button key="send" class="send" type="submit" aria-disabled={isMuted} aria-label={t('send')} title={t('send')}>
      <Icon name="arrow-up" />
    </button>
  );
}

function StopButton({ stoppable, stop }: { readonly stoppable: boolean; readonly stop: () => void }): VNode {
  const label = stoppable ? t('stop') : t('stopReading');
  return <button key="stop" class="send stop" type="button" aria-label={label} title={label} onClick={stop} />;
}
