import type { Run } from '../../conversation/run.ts';
import { t } from '../locale.ts';

/** A document that an answer used, with the pieces of it that it used: Dify's own chat shows them so. */
export interface CitedDocument {
  readonly key: string;
  readonly name: string;
  /** Of its pieces, as Dify counts them. */
  readonly numbers: string;
  readonly knowledge: string;
  readonly pieces: readonly CitedPiece[];
}

export interface CitedPiece {
  /** Place in the run's citations, from 0. */
  readonly at: number;
  readonly number: number;
  readonly citation: Run['citations'][number];
}

/** In the order of their first pieces. */
export function documentsOf(citations: Run['citations']): readonly CitedDocument[] {
  const groups = new Map<string, CitedPiece[]>();
  for (const [at, citation] of citations.entries()) {
    const { document_id, document_name, dataset_name, position } = citation;
    const key = document_id === '' ? `${dataset_name}\n${document_name}` : document_id;
    const piece = { at, number: position > 0 ? position : at + 1, citation };
    groups.set(key, [...(groups.get(key) ?? []), piece]);
  }
  return [...groups].map(([key, pieces]) => ({
    key,
    name: pieces[0]?.citation.document_name.trim() || t('noDocumentName'),
    numbers: pieces.map(({ number }) => number).join(', '),
    knowledge: pieces[0]?.citation.dataset_name ?? '',
    pieces,
  }));
}
