import type { RefObject, VNode } from 'preact';
import { useCallback, useRef, useState } from 'preact/hooks';
import type { ContextItem } from '../../conversation/conversation.ts';
import type { Upload } from '../../conversation/upload.ts';
import type { EditorTarget, Mentions, Queued, SlashCommand } from '../../conversation/protocol.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { memo } from '../memo.ts';
import { Chips } from './chips.tsx';
import { DropTarget } from './dropTarget.tsx';
import { useIncoming, type Incoming, type Notice } from './incomingText.ts';
import { nameOfSendKey, type SendKey } from './keys.ts';
import { Queue } from './queue.tsx';
import { SuggestionList, useSuggestions, type Suggestion } from './suggestions.tsx';
import { Text } from './text.tsx';
import { problemsOf } from './uploadNews.ts';
import { Row } from './row.tsx';

interface Properties {
  readonly appName: string;
  readonly text: string;
  readonly textChanges: number;
  /** Whether the app's form comes before the first question. */
  readonly asksFirst: boolean;
  /** Whether the last answer waits for its form. */
  readonly needsForm: boolean;
  /** Whether an answer is under way, and whether Dify can be told to stop it. */
  readonly answering: 'stoppable' | 'unstoppable' | undefined;
  readonly contexts: readonly ContextItem[];
  readonly uploads: readonly Upload[];
  /** As in `AppFace`. */
  readonly takesFiles: string;
  readonly hears: boolean;
  readonly editor: EditorTarget | undefined;
  readonly queue: readonly Queued[];
  readonly queueHeld: boolean;
  readonly mentions: Mentions | undefined;
  readonly slash: readonly SlashCommand[];
  readonly sendKey: SendKey;
  readonly actions: Actions;
}

/** Where the person writes, also while an answer comes: what is sent then waits its turn. */
export const Composer = memo(function Composer(properties: Properties): VNode {
  return <Dock {...properties} />;
});

function Dock(properties: Properties): VNode {
  const { answering, queue, queueHeld, uploads, takesFiles, hears, actions } = properties;
  const { notice, paste, drop, pasteFromClipboard } = useIncoming(actions, takesFiles !== '' || hears);
  const problems = problemsOf(uploads);
  return (
    <footer class="dock">
      <Queue queue={queue} held={queueHeld} answering={answering !== undefined} actions={actions} />
      <Form {...properties} paste={paste} pasteFromClipboard={pasteFromClipboard} />
      {problems !== '' && <Under notice={{ icon: 'error', text: problems, undo: undefined }} />}
      {notice !== undefined && <Under notice={notice} />}
      <DropTarget drop={drop} takesFiles={takesFiles} />
    </footer>
  );
}

function Form(properties: Properties & Pick<Incoming, 'paste' | 'pasteFromClipboard'>): VNode {
  const { text, textChanges, answering, contexts, uploads, editor, mentions, slash, sendKey, actions, paste } =
    properties;
  const field = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState<{ readonly text: string; readonly caret: number }>();
  const choosing = useSuggestions({ typed, mentions, slash, actions });
  const take = (row: Suggestion): void => {
    if (field.current === null || choosing === undefined) return;
    const { from, to } = choosing.trigger;
    replaceIn(field.current, from, to, row.text);
    row.take();
  };
  const insert = useCallback((mark: '@' | '/'): void => insertMark(field, mark), []);
  const submit = (event: Event): void => {
    event.preventDefault();
    actions.submit();
  };
  const words = wordsOf(properties);
  const entry = { text, textChanges, sendKey, choosing, field, typed: setTyped, take, paste, actions };
  const sent = uploads.filter(({ state }) => state !== 'failed');
  const size = [...contexts, ...sent].reduce((sum, item) => sum + item.size, 0);
  const { takesFiles, hears, pasteFromClipboard } = properties;
  const ways = { takesFiles: takesFiles !== '', hears, pasteFromClipboard };
  const row = {
    ...ways,
    answering,
    hasText: text.trim() !== '',
    isHeld: sent.length < uploads.length,
    size,
    choosing: choosing?.type,
    sendKey,
    insert,
    actions,
  };
  return (
    <form class="composer" aria-label={t('message')} onSubmit={submit}>
      {choosing !== undefined && <SuggestionList choosing={choosing} take={take} />}
      <Chips contexts={contexts} uploads={uploads} editor={editor} actions={actions} />
      <Text {...words} {...entry} />
      <Row {...row} />
    </form>
  );
}

function Under({ notice: { icon, text, undo } }: { readonly notice: Notice }): VNode {
  return (
    <p class="under">
      <Icon name={icon} classes={icon === 'error' ? 's error' : 's'} />
      <span>{text}</span>
      {undo !== undefined && (
        <button class="btn link small" type="button" onClick={undo}>
          {t('pasteAsText')}
        </button>
      )}
    </p>
  );
}

function wordsOf({
  appName: app,
  asksFirst,
  needsForm,
  answering,
  sendKey,
}: Properties): Readonly<Record<'label' | 'placeholder', string>> {
  const key = nameOfSendKey(sendKey, navigator.platform);
  const ask = asksFirst ? t('fillFormFirst') : needsForm ? t('answerFormFirst') : t('ask', { app, key });
  return {
    label: t('messageTo', { app }),
    placeholder: answering === undefined ? ask : t('askNext'),
  };
}

/** As typing would: the browser can undo it, and the page hears of it. */
function replaceIn(field: HTMLTextAreaElement, from: number, to: number, text: string): void {
  field.focus();
  field.setRangeText(text, from, to, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** Opens a list by a button: `@` where the cursor is, apart from the word before it; `/` only begins a text. */
function insertMark({ current: field }: RefObject<HTMLTextAreaElement | null>, mark: '@' | '/'): void {
  if (field === null) return;
  const { value, selectionStart: from, selectionEnd: to } = field;
  if (mark === '@') replaceIn(field, from, to, /\S$/.test(value.slice(0, from)) ? ' @' : '@');
  else if (value.trim() === '') replaceIn(field, 0, value.length, '/');
  else field.focus();
}
