import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { VariableRow } from '../../conversation/protocol.ts';
import { isComposing } from '../composer/keys.ts';
import { t } from '../locale.ts';

interface Properties {
  readonly row: VariableRow;
  readonly save: (value: string) => void;
  readonly cancel: () => void;
}

/** A variable's value, to be changed: Ctrl+Enter saves, Esc leaves it as it was. */
export function VariableField({ row: { name, type, value }, save, cancel }: Properties): VNode {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const keep = (): void => save(field.current?.value ?? value);
  return (
    <>
      <textarea
        ref={field}
        class="area mono"
        aria-label={t('variableValueOf', { name, type })}
        spellcheck={false}
        defaultValue={value}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === 'Escape') cancel();
          else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <div class="form-actions">
        <button class="btn primary small" type="button" onClick={keep}>
          {t('variableSave')}
        </button>
        <button class="btn small" type="button" onClick={cancel}>
          {t('variableCancel')}
        </button>
      </div>
    </>
  );
}
