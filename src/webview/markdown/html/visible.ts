import { element } from '../dom.ts';
import { splitHidden } from '../hidden.ts';

/** Words in which nothing is hidden. */
export function visible(text: string): readonly (Node | string)[] {
  return splitHidden(text).map((piece) => (piece.type === 'hidden' ? element('span', 'ctl', piece.name) : piece.text));
}
