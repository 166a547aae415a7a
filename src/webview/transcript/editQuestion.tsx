import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Actions } from '../actions.ts';
import { isComposing, nameOfSendKey } from '../composer/keys.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { editOf, keepEdit } from './edits.ts';

/** Enter alone breaks the line, whatever sends from the composer: what is edited here was sent already. */
const sendKey = nameOfSendKey('ctrlEnter', navigator.platform);

interface Properties {
  /** The key of the message. */
  readonly of: string;
  /** What was asked. */
  readonly typed: string;
  readonly actions: Actions;
  readonly leave: () => void;
}

/** A question that is changed in its place. Dify cannot change what was asked: the new version follows, or begins anew. */
export function EditQuestion({ of: key, typed, actions, leave }: Properties): VNode {
  const [isBlank, setBlank] = useState(() => (editOf(key) ?? typed).trim() === '');
  const end = (): void => {
    keepEdit(key, undefined);
    leave();
  };
  const send = (how: 'followUp' | 'fork'): void => {
    const query = (editOf(key) ?? typed).trim();
    if (query === '') return;
    actions.post({ type: 'editQuestion', key, query, how });
    end();
  };
  const change = (text: string): void => {
    keepEdit(key, text);
    setBlank(text.trim() === '');
  };
  const button = (label: string, classes: string, how: 'followUp' | 'fork', hint?: string): VNode => (
    <button class={classes} type="button" aria-disabled={isBlank} title={hint} onClick={() => send(how)}>
      {label}
    </button>
  );
  return (
    <div class="ask-edit">
      <div class="composer">
        <EditField text={editOf(key) ?? typed} change={change} send={() => send('followUp')} leave={leave} />
      </div>
      <p class="note">
        <Icon name="info" />
        <span>{t('editNote')}</span>
      </p>
      <div class="row">
        <button class="btn small" type="button" onClick={end}>
          {t('cancel')}
        </button>
        {button(t('fork'), 'btn small', 'fork', t('forkHint'))}
        {button(t('sendFollowUp'), 'btn small primary', 'followUp', t('send', { key: sendKey }))}
      </div>
    </div>
  );
}

interface FieldProperties {
  /** What it begins with. */
  readonly text: string;
  readonly change: (text: string) => void;
  readonly send: () => void;
  readonly leave: () => void;
}

/** The text is the field's own: no rendering writes into it, or ends a composition. Enter breaks the line. */
function EditField({ text, change, send, leave }: FieldProperties): VNode {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const area = field.current;
    if (area === null) return;
    area.value = text;
    area.focus();
    area.setSelectionRange(text.length, text.length);
  }, []);
  const keyed = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if (event.key !== 'Escape' && !sends) return;
    event.preventDefault();
    // The text stays for the next time: only Cancel throws it away.
    if (sends) send();
    else leave();
  };
  return (
    <textarea
      ref={field}
      rows={2}
      aria-label={t('editQuestion')}
      onInput={(event) => change(event.currentTarget.value)}
      onKeyDown={keyed}
    />
  );
}
