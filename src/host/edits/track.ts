import {
  type Anchor,
  anchorAt,
  type AnchorState,
  type Change,
  moved,
  rewritten,
  sameEnds,
  stateOf,
  withOtherEnds,
} from './anchor.ts';

/** The places of a source in a document that changes. */
export class Track {
  #text: string;
  #anchors: readonly Anchor[];

  /** @param places where each part begins, and its text; in their order, none over another */
  constructor(text: string, places: readonly { readonly start: number; readonly original: string }[]) {
    this.#text = text;
    this.#anchors = places.map(({ start, original }) => anchorAt(start, original));
  }

  /** All of the document, as far as it is known. */
  get text(): string {
    return this.#text;
  }

  get anchors(): readonly Anchor[] {
    return this.#anchors;
  }

  /** Gone if any part is, else changed if any part is. */
  get state(): AnchorState {
    const states = this.#anchors.map((anchor) => stateOf(anchor, this.#text));
    return states.find((state) => state === 'gone') ?? states.find((state) => state === 'changed') ?? 'same';
  }

  stateOf(part: number): AnchorState {
    const anchor = this.#anchors[part];
    return anchor === undefined ? 'gone' : stateOf(anchor, this.#text);
  }

  /**
   * Somebody changed the document.
   *
   * @param changes as VS Code tells them: from the end of the document to its beginning
   * @param text the document after them
   */
  changed(changes: readonly Change[], text: string): void {
    const [only] = changes;
    const isWhole = changes.length === 1 && only?.rangeOffset === 0 && only.rangeLength === this.#text.length;
    // VS Code tells of other line ends as a change of everything.
    this.#anchors =
      isWhole && text !== this.#text && sameEnds(text) === sameEnds(this.#text)
        ? this.#anchors.map((anchor) => withOtherEnds(anchor, this.#text, text))
        : changes.reduce((anchors, change) => anchors.map((anchor) => moved(anchor, change)), this.#anchors);
    this.#text = text;
  }

  /** We changed one part of it, to what is `written` there now. */
  wrote(part: number, change: Change, text: string, written: string): void {
    this.#anchors = this.#anchors.map((anchor, at) =>
      at === part ? rewritten(anchor, change, written) : moved(anchor, change),
    );
    this.#text = text;
  }

  /** What stands at these parts now may be replaced: the person has seen it, or we put it there. @param isMeant is told what stands there */
  takeAsRead(isMeant: (part: number, text: string) => boolean): void {
    this.#anchors = this.#anchors.map((anchor, part) => {
      const written = this.#text.slice(anchor.start, anchor.end);
      return isMeant(part, written) ? { ...anchor, written } : anchor;
    });
  }

  /** What is known now, whatever happens to the document later. */
  copy(): Track {
    const copy = new Track(this.#text, []);
    copy.#anchors = this.#anchors;
    return copy;
  }

  /** The document was read anew: nothing is known of what happened to it, so the places are where they were. */
  read(text: string): void {
    this.#text = text;
  }
}
