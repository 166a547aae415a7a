import temml from 'temml';
import { mathmlNode } from './mathmlNode.ts';

/** How large a part may be, in em: absolute sizes, and those that depend on it. Formulas are text, not posters. */
const maxSize: [number, number] = [20, 40];
/** How many macros a formula may go through. */
const maxExpand = 300;

/**
 * Makes MathML of TeX, as nodes: nothing of it is ever parsed as markup. Commands that load, link or style (`\href`,
 * `\includegraphics`, `\class`) are refused.
 *
 * @returns `undefined` if the text is no TeX or asks for too much
 */
export function toMathml(tex: string, isDisplayed: boolean): Element | undefined {
  try {
    const options = { displayMode: isDisplayed, throwOnError: true, trust: false, strict: false, maxSize, maxExpand };
    // oxlint-disable-next-line no-underscore-dangle -- the one way to MathML that is neither a string nor temml's own nodes
    const tree: unknown = temml.__renderToMathMLTree(tex, { ...options, wrap: 'none' });
    const node = mathmlNode(tree);
    if (!(node instanceof Element) || node.localName !== 'math') return undefined;
    if (isDisplayed) node.setAttribute('display', 'block');
    return node;
  } catch {
    return undefined;
  }
}
