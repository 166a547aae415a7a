import type { VNode } from 'preact';
import type { ChatState, SourcePlace } from '../../conversation/protocol.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import type { CitedDocument, CitedPiece } from './citedDocuments.ts';

interface Properties {
  readonly id: string;
  readonly document: CitedDocument;
  /** Key of the message. */
  readonly of: string;
  readonly sources: ChatState['sources'];
  readonly actions: Actions;
  /** Gives the focus back, too. */
  readonly close: () => void;
}

/** What the answer used of a document. */
export function SourceCard({ id, document, of, sources, actions, close }: Properties): VNode {
  const { name, numbers, pieces } = document;
  return (
    <section
      class="source"
      id={id}
      aria-label={t('sourceNamed', { numbers, name })}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        close();
      }}
    >
      <div class="source-head">
        <span class="cite-no">{numbers}</span>
        <span class="cut" title={name}>
          {name}
        </span>
        <button class="icon-btn" type="button" aria-label={t('closeSource')} title={t('closeFindHint')} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {pieces.map((piece) => (
        <Piece
          key={piece.at}
          piece={piece}
          knowledge={document.knowledge}
          place={sources[`${of} ${piece.at}`]}
          open={() => actions.post({ type: 'openSource', key: of, at: piece.at })}
          copy={actions.copy}
        />
      ))}
    </section>
  );
}

interface PieceProperties {
  readonly piece: CitedPiece;
  readonly knowledge: string;
  readonly place: SourcePlace | undefined;
  readonly open: () => void;
  readonly copy: Actions['copy'];
}

/** The text stands as it is: nothing in it is a link, and nothing is loaded. */
function Piece({ piece: { citation, number }, knowledge, place, open, copy }: PieceProperties): VNode {
  const { content, score, segment_position: section, hit_count: hits } = citation;
  const facts = [
    knowledge,
    section === undefined ? '' : t('section', { n: section }),
    score === undefined ? '' : t('score', { score: score.toFixed(2) }),
    hits === undefined ? '' : t('hits', { n: hits }),
  ].filter((fact) => fact !== '');
  return (
    <div class="piece">
      <blockquote role="region" tabIndex={0} aria-label={t('sourceText', { numbers: number })}>
        {content}
      </blockquote>
      <p class="facts num">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      <div class="form-actions">
        {place?.state === 'found' && (
          <button class="btn small" type="button" title={place.path} onClick={open}>
            <Icon name="go-to-file" classes="s" />
            <span class="cut">{openWords(place)}</span>
          </button>
        )}
        {content !== '' && (
          <button class="btn small" type="button" onClick={() => copy(content)}>
            {t('copySource')}
          </button>
        )}
        {place?.state === 'looking' && <span class="muted">{t('lookingForSource')}</span>}
      </div>
    </div>
  );
}

function openWords({ path, lines }: SourcePlace): string {
  return lines === undefined ? t('openSource', { path }) : t('openSourceLine', { path, n: lines[0] });
}
