import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { withoutThinking } from '../../conversation/thinking.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { Menu, type MenuItem } from '../menu/menu.tsx';
import { want } from '../speech/player.ts';
import { plainText } from './plainText.ts';
import { quoted, selectedIn } from './quote.ts';
import type { Rating, TurnProperties } from './turn.tsx';

interface Properties extends TurnProperties {
  /** What the answer cost, or ''. */
  readonly usage: string;
  /** `undefined` where the answer cannot be rated. */
  readonly rate: ((pressed: Rating) => void) | undefined;
}

/** Up to this width, in pixels, the menu has what the row leaves out. */
const narrow = 260;

/** What is done with an answer more rarely. */
export function AnswerMenu(properties: Properties): VNode {
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<{ readonly selected: string; readonly isNarrow: boolean }>();
  const toggle = (): void => {
    const button = opener.current;
    const article = button?.closest('article');
    if (open !== undefined || article === null || article === undefined) return setOpen(undefined);
    // Opening takes the selection away.
    const isNarrow = (article.closest('.chat')?.clientWidth ?? narrow) < narrow;
    setOpen({ selected: selectedIn(article), isNarrow });
  };
  const close = (): void => {
    setOpen(undefined);
    opener.current?.focus();
  };
  const label = t('moreActions');
  return (
    <>
      <button
        ref={opener}
        class="icon-btn"
        type="button"
        aria-haspopup="menu"
        aria-expanded={open !== undefined}
        aria-label={label}
        title={label}
        onClick={toggle}
      >
        <Icon name="ellipsis" />
      </button>
      {open !== undefined && (
        <Menu
          label={label}
          classes="at-foot"
          head={open.isNarrow ? properties.usage : ''}
          items={itemsOf(properties, open)}
          close={close}
        />
      )}
    </>
  );
}

function itemsOf(
  { message, app, rate, actions }: Properties,
  { selected, isNarrow }: { readonly selected: string; readonly isNarrow: boolean },
): readonly MenuItem[] {
  const { key, run } = message;
  const answer = withoutThinking(run.text).trim();
  const speak = (): void => {
    want(key);
    actions.post({ type: 'speak', key });
  };
  const thumbs: readonly MenuItem[] =
    isNarrow && rate !== undefined
      ? [
          { icon: 'thumbsup', label: t('goodAnswer'), act: () => rate('like') },
          { icon: 'thumbsdown', label: t('badAnswer'), act: () => rate('dislike') },
        ]
      : [];
  const withText: readonly MenuItem[] = [
    { icon: 'clippy', label: t('copyPlainText'), act: () => actions.copy(plainText(answer)) },
    { icon: 'open-in-window', label: t('openInEditor'), act: () => actions.post({ type: 'openAnswer', key }) },
    ...(app.speech === 'off' ? [] : [{ icon: 'unmute', label: t('readAloud'), act: speak }]),
    { icon: 'quote', label: t('quote'), act: () => actions.insert(quoted(selected === '' ? answer : selected)) },
  ];
  return [
    ...thumbs,
    ...(answer === '' ? [] : withText),
    { icon: 'repo-forked', label: t('forkFromHere'), act: () => actions.post({ type: 'fork', key }) },
    ...(run.messageId === undefined
      ? []
      : [
          {
            icon: 'key',
            label: t('copyMessageId'),
            isApart: true,
            act: () => actions.post({ type: 'copyMessageId', key }),
          },
        ]),
    { icon: 'output', label: t('showInLog'), isApart: run.messageId === undefined, act: () => actions.wish('showLog') },
  ];
}
