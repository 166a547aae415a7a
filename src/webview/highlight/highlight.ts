import type { CompiledMode, HighlightResult, Language } from 'highlight.js';
import { grammars } from './grammars.ts';
import { TokenNodes } from './tokenNodes.ts';

/** Colours a text that is handed over piece by piece, in its order, as if it were one. */
export type Highlight = (piece: string) => Node;

/** The language under which highlight.js finds the mode it has to go on in; no fence can name it. */
const goingOn = 'going on';

/** What `highlight.js` of the page exports. */
export type HighlightIn = typeof highlightIn;

/**
 * Begins to colour a text in the language of this name; `undefined` if there is no grammar for it.
 *
 * highlight.js colours whole texts only, which for a long one would hold up the page. So each piece is a text in a "language" that is
 * the mode in which the piece before it ended: an open comment, string or template.
 */
export function highlightIn(name: string): Highlight | undefined {
  const language = grammars.getLanguage(name);
  if (language === undefined) return undefined;
  let mode: CompiledMode | undefined;
  return (piece) => {
    const inside = mode;
    if (inside !== undefined) grammars.registerLanguage(goingOn, () => resumed(inside, language));
    TokenNodes.begun = scopesAround(inside);
    const result = grammars.highlight(piece, { language: inside === undefined ? name : goingOn });
    mode = openMode(result);
    return nodesOf(result, piece);
  };
}

/** A mode that was left open as a language: it stands within the same modes, and words mean the same as in its language. */
function resumed(mode: CompiledMode, { case_insensitive = false, classNameAliases = {} }: Language): Language {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object whose prototype is the mode has all that a language has
  return Object.assign(Object.create(mode), { case_insensitive, classNameAliases }) as Language;
}

/** The mode that a text left open; `undefined` if none but the language itself. */
function openMode({ _top: mode }: HighlightResult): CompiledMode | undefined {
  return mode !== undefined && isInside(mode) ? mode : undefined;
}

/** A language alone stands in no other mode. */
function isInside(mode: CompiledMode | Language): mode is CompiledMode {
  return 'parent' in mode && mode.parent !== undefined;
}

/** The scopes of a mode and those that it stands in, outermost first. */
function scopesAround(innermost: CompiledMode | undefined): string[] {
  const scopes: string[] = [];
  for (let mode = innermost; mode !== undefined; mode = mode.parent) {
    if (typeof mode.scope === 'string') scopes.unshift(mode.scope);
  }
  return scopes;
}

function nodesOf({ _emitter: tokens, errorRaised }: HighlightResult, text: string): Node {
  if (tokens instanceof TokenNodes && errorRaised === undefined) return tokens.root;
  const plain = new TokenNodes();
  plain.addText(text);
  return plain.root;
}
