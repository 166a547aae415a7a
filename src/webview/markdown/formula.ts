import { importScript } from '../pageScript.ts';
import { element } from './dom.ts';
import { closing } from './mathRules.ts';

/** What `math.js` exports: TeX as MathML; `undefined` if it is none, or asks for more than a formula may. */
export type ToMathml = (tex: string, isDisplayed: boolean) => Element | undefined;

/** Formulas that were made: while an answer grows, its last block is made many times over. */
const made = new Map<string, Element | undefined>();
const mostMade = 500;

let toMathml: ToMathml | undefined;
let loading: Promise<void> | undefined;

/** A formula. Until the script that makes it is there, and if it cannot be made, its source stands there. */
export function formula(tex: string, open: string, isBlock: boolean): HTMLElement {
  const isDisplayed = isBlock || open === '$$' || open === '\\[';
  const holder = element(isBlock ? 'p' : 'span', isDisplayed ? 'formula wide-formula' : 'formula');
  // Wide ones scroll by themselves, with the keyboard too.
  if (isDisplayed) holder.tabIndex = 0;
  const source = `${open}${tex}${closing(open)}`;
  const show = (make: ToMathml): void => holder.replaceChildren(cached(make, tex, isDisplayed) ?? source);
  if (toMathml === undefined) {
    holder.append(source);
    void load().then(() => toMathml !== undefined && show(toMathml));
  } else {
    show(toMathml);
  }
  return holder;
}

function cached(make: ToMathml, tex: string, isDisplayed: boolean): Node | undefined {
  const key = `${isDisplayed ? 'd' : 'i'}${tex}`;
  if (!made.has(key)) {
    const [oldest] = made.keys();
    if (made.size >= mostMade && oldest !== undefined) made.delete(oldest);
    made.set(key, make(tex, isDisplayed));
  }
  return made.get(key)?.cloneNode(true);
}

/** Loads the script with the first formula. */
function load(): Promise<void> {
  loading ??= importScript('math').then((loaded) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is our own file
    toMathml = (loaded as { readonly toMathml: ToMathml } | undefined)?.toMathml;
  });
  return loading;
}
