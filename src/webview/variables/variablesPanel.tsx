import type { RefObject, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { VariableRow, Variables } from '../../conversation/protocol.ts';
import type { Actions } from '../actions.ts';
import { isComposing } from '../composer/keys.ts';
import { useFocusGivenBack } from '../giveBackFocus.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { memo } from '../memo.ts';
import { VariableField } from './variableField.tsx';

interface Properties {
  /** `undefined` until the host has begun to read them. */
  readonly variables: Variables | undefined;
  readonly actions: Actions;
}

/** What a chatflow keeps for the conversation, in place of the messages. Values are shown as the server writes them. */
export const VariablesPanel = memo(function VariablesPanel({ variables = unread, actions }: Properties): VNode {
  const [editing, setEditing] = useState<string>();
  const close = useRef<HTMLButtonElement>(null);
  useFocusGivenBack();
  useLayoutEffect(() => close.current?.focus(), []);
  useEffect(() => {
    actions.wish('readVariables');
    return () => actions.wish('closeVariables');
  }, [actions]);
  const save = useSaving(variables, actions, () => {
    setEditing(undefined);
    close.current?.focus();
  });
  return (
    <section
      class="sheet"
      aria-label={t('variables')}
      onKeyDown={(event) => {
        if (isComposing(event) || event.defaultPrevented || event.key !== 'Escape') return;
        event.preventDefault();
        actions.close();
      }}
    >
      <Head close={close} act={actions.close} />
      <div class="sheet-list" tabIndex={0} role="region" aria-label={t('results')}>
        <Said variables={variables} retry={() => actions.wish('readVariables')} />
        <ul class="plain">
          {variables.rows.map((row) => (
            <Variable
              key={row.id}
              row={row}
              isEditing={row.id === editing}
              edit={() => setEditing(row.id)}
              cancel={() => setEditing(undefined)}
              save={(value) => save(row, value)}
            />
          ))}
        </ul>
      </div>
    </section>
  );
});

const unread: Variables = { rows: [], state: 'reading', problem: '' };

/** Sends a value, and says when the host has it. @param done called then; not where it was refused */
function useSaving(
  variables: Variables,
  actions: Actions,
  done: () => void,
): (row: VariableRow, value: string) => void {
  const [saving, setSaving] = useState<{ readonly from: Variables; readonly name: string }>();
  useLayoutEffect(() => {
    if (saving === undefined || saving.from === variables || variables.state === 'reading') return;
    setSaving(undefined);
    if (variables.problem !== '') return;
    actions.announce(t('variableSaved', { name: saving.name }));
    done();
  });
  return ({ id, name }, value) => {
    setSaving({ from: variables, name });
    actions.post({ type: 'setVariable', id, value });
  };
}

function Head({
  close,
  act,
}: {
  readonly close: RefObject<HTMLButtonElement | null>;
  readonly act: () => void;
}): VNode {
  const label = t('closeVariables');
  return (
    <div class="sheet-head">
      <h2 class="group-label">{t('variables')}</h2>
      <button
        ref={close}
        class="icon-btn end-tool"
        type="button"
        data-first-focus
        aria-label={label}
        title={label}
        onClick={act}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

interface SaidProperties {
  readonly variables: Variables;
  readonly retry: () => void;
}

function Said({ variables: { rows, state, problem }, retry }: SaidProperties): VNode {
  const isBare = rows.length === 0;
  return (
    <>
      {problem !== '' && (
        <div class="sheet-note" role="alert">
          <Icon name="warning" classes="s warn" /> {problem}{' '}
          {state === 'failed' && (
            <button class="btn link small" type="button" onClick={retry}>
              {t('tryListAgain')}
            </button>
          )}
        </div>
      )}
      {state === 'reading' && isBare && (
        <p class="sheet-note">
          <Icon name="loading" classes="s spin" /> {t('readingVariables')}
        </p>
      )}
      {state === 'read' && isBare && problem === '' && <p class="sheet-note">{t('noVariables')}</p>}
    </>
  );
}

interface VariableProperties {
  readonly row: VariableRow;
  readonly isEditing: boolean;
  readonly edit: () => void;
  readonly cancel: () => void;
  readonly save: (value: string) => void;
}

function Variable({ row, isEditing, edit, cancel, save }: VariableProperties): VNode {
  const { description, name, type, value } = row;
  const opener = useRef<HTMLButtonElement>(null);
  const back = (): void => {
    cancel();
    requestAnimationFrame(() => opener.current?.focus());
  };
  return (
    <li class="variable">
      <div class="variable-head">
        <strong class="cut">{name}</strong>
        <span class="tag">{type}</span>
        {!isEditing && (
          <button
            ref={opener}
            class="icon-btn"
            type="button"
            aria-label={t('variableEditOf', { name })}
            title={t('variableEdit')}
            onClick={edit}
          >
            <Icon name="edit" />
          </button>
        )}
      </div>
      {description !== '' && <p class="muted tiny">{description}</p>}
      {isEditing ? (
        <VariableField row={row} save={save} cancel={back} />
      ) : (
        <pre tabIndex={0} role="region" aria-label={t('variableValueOf', { name, type })}>
          {value === '' ? t('variableNone') : value}
        </pre>
      )}
    </li>
  );
}
