import { Fragment, type VNode } from 'preact';
import type { FromWebview } from '../../../conversation/fromWebview.ts';
import type { Preview } from '../../../conversation/preview.ts';
import type { Actions } from '../../actions.ts';
import { Icon } from '../../icon.tsx';
import { t } from '../../locale.ts';
import { CopyButton } from '../copyButton.tsx';

type OpenValue = Extract<FromWebview, { readonly type: 'openValue' }>;

/** A value, and where the editor's side finds all of it; without a place there is no more of it than this. */
export interface Value {
  readonly label: string;
  readonly preview: Preview | undefined;
  readonly at: Omit<OpenValue, 'type' | 'how'> | undefined;
}

interface Properties {
  readonly values: readonly Value[];
  readonly actions: Actions;
}

/** From this many characters on a value is worth an editor. */
const long = 200;

/** What a step got and gave, as far as there is something of it. */
export function Values({ values, actions }: Properties): VNode {
  return (
    <dl class="kv">
      {values.map(({ label, preview, at }) =>
        preview === undefined ? null : (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>
              <Shown label={label} preview={preview} at={at} actions={actions} />
            </dd>
          </Fragment>
        ),
      )}
    </dl>
  );
}

interface ShownProperties extends Value {
  readonly preview: Preview;
  readonly actions: Actions;
}

function Shown({ label, preview: { text, size }, at, actions }: ShownProperties): VNode {
  const isCut = size > text.length;
  const post = (how: OpenValue['how']): void => {
    if (at !== undefined) actions.post({ type: 'openValue', how, ...at });
  };
  const open = t('openValue', { what: label });
  return (
    <>
      <div class="value">
        <pre tabIndex={0}>{text}</pre>
        <div>
          <CopyButton
            label={t('copyValue', { what: label })}
            copy={() => (isCut && at !== undefined ? post('copy') : actions.copy(text))}
          />
          {at !== undefined && size >= long && (
            <button class="icon-btn" type="button" aria-label={open} title={open} onClick={() => post('open')}>
              <Icon name="open-in-window" />
            </button>
          )}
        </div>
      </div>
      {isCut && <p class="value-cut">{t('valueIsCut', { n: text.length, of: size })}</p>}
    </>
  );
}
