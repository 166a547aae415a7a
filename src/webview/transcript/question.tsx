import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '../../conversation/conversation.ts';
import { formatDate } from '../../conversation/format.ts';
import type { Actions } from '../actions.ts';
import { contextIcon, contextLabel, sizeText } from '../composer/contextLabel.ts';
import { fileIcon } from '../composer/fileIcon.ts';
import { Icon } from '../icon.tsx';
import { language, t } from '../locale.ts';
import { memo } from '../memo.ts';
import { CopyButton } from './copyButton.tsx';
import { EditQuestion } from './editQuestion.tsx';
import { editOf, keepEdit } from './edits.ts';

/** Nothing of the answer: the question is not rendered anew for every word of it. */
interface Properties extends Pick<Message, 'typed' | 'contexts' | 'files' | 'askedAt'> {
  /** The key of the message. */
  readonly of: string;
  readonly actions: Actions;
}

/** What the person asked, or the place where they change it. */
export const Question = memo(function Question(properties: Properties): VNode {
  const { of: key, typed, contexts, files, askedAt, actions } = properties;
  const [isEditing, setEditing] = useState(() => editOf(key) !== undefined);
  const editButton = useRef<HTMLButtonElement>(null);
  const edit = (editing: boolean): void => {
    if (editing) keepEdit(key, editOf(key) ?? typed);
    setEditing(editing);
  };
  const wasEditing = useRef(isEditing);
  useLayoutEffect(() => {
    // Who leaves the edit is where they began it.
    if (wasEditing.current && !isEditing) editButton.current?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);
  return (
    <article class="turn ask" data-key={key} tabIndex={-1}>
      <h2 class="sr-only">{isEditing ? t('youEditing') : t('you')}</h2>
      {isEditing ? (
        <EditQuestion of={key} typed={typed} actions={actions} leave={() => edit(false)} />
      ) : (
        <div class="ask-bubble" title={timeOf(askedAt)}>
          {contexts.length + files.length > 0 && <Attached contexts={contexts} files={files} />}
          <QuestionText text={typed} />
          <div class="ask-tools" role="group" aria-label={t('questionActions')}>
            <CopyButton label={t('copyQuestion')} copy={() => actions.copy(typed)} />
            <button
              ref={editButton}
              class="icon-btn"
              type="button"
              aria-label={t('editQuestion')}
              title={t('editQuestion')}
              onClick={() => edit(true)}
            >
              <Icon name="edit" />
            </button>
          </div>
        </div>
      )}
    </article>
  );
});

/** When it was asked; `undefined` where nobody knows. */
function timeOf(at: number): string | undefined {
  if (at === 0) return undefined;
  return formatDate(at, language, { dateStyle: 'medium', timeStyle: 'short' });
}

/** Texts shorter than this fit into twelve lines at every width. */
const alwaysFits = 240;

/** Plain text. What is longer than twelve lines is cut, and shown on request. */
function QuestionText({ text }: { readonly text: string }): VNode {
  const root = useRef<HTMLDivElement>(null);
  const [cut, setCut] = useState<'no' | 'yes' | 'opened'>('no');
  const mayBeLong = text.length > alwaysFits || text.split('\n', 13).length > 12;
  useLayoutEffect(() => {
    const shown = root.current;
    if (mayBeLong && shown !== null && shown.scrollHeight > shown.clientHeight + 1) setCut('yes');
  }, [text, mayBeLong]);
  const isOpen = cut === 'opened';
  return (
    <>
      <div class={mayBeLong && !isOpen ? 'ask-text at-most' : 'ask-text'} ref={root}>
        {text}
      </div>
      {cut !== 'no' && (
        <button
          class="btn link small"
          type="button"
          aria-expanded={isOpen}
          onClick={() => setCut(isOpen ? 'yes' : 'opened')}
        >
          {isOpen ? t('showLess') : t('showAll')}
        </button>
      )}
    </>
  );
}

/** What went along with the question. */
function Attached({ contexts, files }: Pick<Message, 'contexts' | 'files'>): VNode {
  return (
    <ul class="chips plain" aria-label={t('attached')}>
      {contexts.map((context) => (
        <li class="chip" key={context.key} title={context.name}>
          <Icon name={contextIcon(context.kind)} classes="s" />
          <span class="cut">{contextLabel(context)}</span>
        </li>
      ))}
      {files.map(({ name, type, size = 0, thumbnail }, index) => (
        <li class="chip" key={index} title={`${name}\n${sizeText(size)}`.trim()}>
          {thumbnail === undefined ? <Icon name={fileIcon(type)} classes="s" /> : <img src={thumbnail} alt="" />}
          <span class="cut">{name}</span>
        </li>
      ))}
    </ul>
  );
}
