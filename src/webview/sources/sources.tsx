import type { VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ChatState } from '../../conversation/protocol.ts';
import type { Run } from '../../conversation/run.ts';
import type { Actions } from '../actions.ts';
import { t } from '../locale.ts';
import { memo } from '../memo.ts';
import { documentsOf, type CitedDocument } from './citedDocuments.ts';
import { SourceCard } from './sourceCard.tsx';

interface Properties {
  readonly citations: Run['citations'];
  /** Key of the message. */
  readonly of: string;
  readonly sources: ChatState['sources'];
  readonly actions: Actions;
}

/** More than these are folded. */
const most = 5;

/** The documents that the answer used; one of them opens under the row. */
export const Sources = memo(function Sources(properties: Properties): VNode | null {
  return properties.citations.length === 0 ? null : <Documents {...properties} />;
});

function Documents({ citations, of, sources, actions }: Properties): VNode {
  const [opened, setOpened] = useState<string>();
  const row = useRef<HTMLDivElement>(null);
  const id = useId();
  const documents = documentsOf(citations);
  const open = documents.find(({ key }) => key === opened);
  useEffect(() => {
    for (const { at } of open?.pieces ?? []) actions.post({ type: 'findSource', key: of, at });
  }, [opened]);
  const close = (): void => {
    row.current?.querySelector<HTMLElement>('[aria-expanded="true"]')?.focus();
    setOpened(undefined);
  };
  const closeByEsc = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || open === undefined) return;
    event.preventDefault();
    close();
  };
  return (
    <>
      <div role="group" aria-label={t('sources')} ref={row} onKeyDown={closeByEsc}>
        <p class="block-label" aria-hidden="true">
          {t('sources')}
        </p>
        <Chips documents={documents} open={open} card={id} show={setOpened} />
      </div>
      {open !== undefined && (
        <SourceCard id={id} document={open} of={of} sources={sources} actions={actions} close={close} />
      )}
    </>
  );
}

interface ChipsProperties {
  readonly documents: readonly CitedDocument[];
  readonly open: CitedDocument | undefined;
  /** Id of the card. */
  readonly card: string;
  readonly show: (key: string | undefined) => void;
}

function Chips({ documents, open, card, show }: ChipsProperties): VNode {
  const [all, setAll] = useState(false);
  const shown = all || documents.length <= most ? documents : documents.slice(0, most);
  return (
    <div class="chips">
      {shown.map((document) => (
        <Chip
          key={document.key}
          document={document}
          card={document === open ? card : undefined}
          toggle={() => show(document === open ? undefined : document.key)}
        />
      ))}
      {shown.length < documents.length && (
        <button class="chip ghost" type="button" onClick={() => setAll(true)}>
          {t('moreSources', { n: documents.length - shown.length })}
        </button>
      )}
    </div>
  );
}

interface ChipProperties {
  readonly document: CitedDocument;
  /** Id of its card; `undefined` while that is closed. */
  readonly card: string | undefined;
  readonly toggle: () => void;
}

function Chip({ document: { name, numbers }, card, toggle }: ChipProperties): VNode {
  return (
    <button
      class="chip"
      type="button"
      aria-expanded={card !== undefined}
      aria-controls={card}
      title={name}
      onClick={toggle}
    >
      <span class="cite-no">{numbers}</span>
      <span class="cut">{name}</span>
    </button>
  );
}
