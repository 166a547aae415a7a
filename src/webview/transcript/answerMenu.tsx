import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { answerOf } from '../../conversation/outputs.ts';
import { isRunApp } from '../../conversation/runApps.ts';
import { withoutThinking } from '../../conversation/thinking.ts';
import type { Run } from '../../conversation/run.ts';
import type { Actions } from '../actions.ts';
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
  const answer = withoutThinking(answerOf(run)).trim();
  const runs = isRunApp(app.mode);
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
    ...(runs
      ? []
      : [{ icon: 'quote', label: t('quote'), act: () => actions.insert(quoted(selected === '' ? answer : selected)) }]),
  ];
  return [
    ...thumbs,
    ...(answer === '' ? [] : withText),
    onward(key, runs, actions),
    ...idOf(run, key, actions),
    { icon: 'output', label: t('showInLog'), isApart: !isKnown(run), act: () => actions.wish('showLog') },
  ];
}

/** What goes on from the answer. */
function onward(key: string, runs: boolean, actions: Actions): MenuItem {
  if (!runs) return { icon: 'repo-forked', label: t('forkFromHere'), act: () => actions.post({ type: 'fork', key }) };
  const change = (): void => {
    actions.post({ type: 'refill', of: key });
    actions.open('inputs');
  };
  return { icon: 'edit', label: t('runChanged'), act: change };
}

/** By what Dify knows the answer. */
function idOf({ messageId, runId }: Run, key: string, actions: Actions): readonly MenuItem[] {
  if (messageId !== undefined) {
    const copy = (): void => actions.post({ type: 'copyMessageId', key });
    return [{ icon: 'key', label: t('copyMessageId'), isApart: true, act: copy }];
  }
  if (runId === undefined) return [];
  return [{ icon: 'key', label: t('copyRunId'), isApart: true, act: () => actions.copy(runId) }];
}

function isKnown({ messageId, runId }: Run): boolean {
  return messageId !== undefined || runId !== undefined;
}
