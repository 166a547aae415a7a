import type { StreamEvent } from '../dify/events.ts';

/**
 * Puts together what the models of a run thought apart from the answer, a paragraph for each time that one did. Newer servers stream
 * it; Dify 1.14 tells it when the node is done.
 */
export class Reasoning {
  /** Nodes whose thoughts came in pieces: when they are done they tell the whole again. */
  readonly #inPieces = new Set<string>();
  #began = false;

  /** What the event adds, or ''. */
  pieceOf(event: StreamEvent): string {
    if (event.event === 'node_finished')
      return this.#inPieces.delete(event.node_id) ? '' : this.#begun(event.reasoning);
    if (event.event !== 'reasoning_chunk' || event.reasoning === '') return '';
    if (this.#inPieces.has(event.node_id)) return event.reasoning;
    this.#inPieces.add(event.node_id);
    return this.#begun(event.reasoning);
  }

  #begun(paragraph: string): string {
    if (paragraph === '') return '';
    const gap = this.#began ? '\n\n' : '';
    this.#began = true;
    return gap + paragraph;
  }
}
