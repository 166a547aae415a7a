const namespace = 'http://www.w3.org/1998/Math/MathML';

/** All elements that a formula may consist of: those of MathML Core but `annotation`, `maction`, and whatever is HTML or SVG. */
const elements = new Set(
  'math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover'.split(
    ' ',
  ),
);
/** No addresses, no events, no identifiers, no classes. */
const attributes = new Set(
  'accent accentunder columnalign columnlines columnspacing columnspan depth dir display displaystyle fence height largeop linethickness lspace mathvariant maxsize minsize movablelimits notation rowalign rowlines rowspacing rowspan rspace scriptlevel separator stretchy symmetric voffset width'.split(
    ' ',
  ),
);
/** What a style may change, by its name in CSS. Nothing that takes a formula out of its place. */
const properties = new Set(
  'border border-bottom border-left border-right border-top color font-style font-weight margin-left math-depth math-style padding padding-bottom padding-left padding-right padding-top'.split(
    ' ',
  ),
);
/** Lengths, colours and words: no functions, so no addresses. */
const harmless = /^[-+#.%\w ]{1,60}$/;

/** What is in an object that temml made: it promises nothing about its tree. */
type Members = Readonly<Record<string, unknown>>;

/**
 * The node of a page for a node of temml's tree, which is built from what an answer says. What is not known to be harmless is left out;
 * an element that is not shows its content.
 */
export function mathmlNode(made: unknown): Node {
  const { type, text, children, attributes: given, style } = membersOf(made);
  if (typeof text === 'string') return new Text(text);
  const nodes = Array.isArray(children) ? children.map(mathmlNode) : [];
  if (typeof type !== 'string' || !elements.has(type)) return fragment(nodes);
  if ((type === 'msqrt' || type === 'mroot') && !drawsRoots()) return writtenRoot(type, nodes);
  const node = mathml(type, ...nodes);
  setAttributes(node, membersOf(given));
  setStyle(node, membersOf(style));
  return node;
}

function setAttributes(node: Element, given: Members): void {
  for (const [name, value] of Object.entries(given)) {
    if (attributes.has(name) && isHarmless(value)) node.setAttribute(name, String(value));
  }
}

function setStyle(node: MathMLElement, given: Members): void {
  for (const [name, value] of Object.entries(given)) {
    const property = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (properties.has(property) && isHarmless(value)) node.style.setProperty(property, String(value));
  }
}

function isHarmless(value: unknown): boolean {
  return typeof value === 'boolean' || harmless.test(String(value));
}

/** A root in one line: its sign, and what it is of in parentheses. */
function writtenRoot(type: 'msqrt' | 'mroot', parts: readonly Node[]): Element {
  const [base, index] = type === 'mroot' ? parts : [];
  const degree = index === undefined ? [] : [mathml('msup', mathml('mrow'), index)];
  const content = base === undefined ? parts : [base];
  return mathml('mrow', ...degree, mathml('mo', '√'), mathml('mo', '('), ...content, mathml('mo', ')'));
}

let rootsAreDrawn: boolean | undefined;

/**
 * Whether roots have their sign here: where no mathematical font is installed Chromium draws none, and what should stand below it would
 * be another number.
 */
function drawsRoots(): boolean {
  rootsAreDrawn ??= tryRoot();
  return rootsAreDrawn;
}

function tryRoot(): boolean {
  const content = mathml('mn', '2');
  const root = mathml('msqrt', content);
  const trial = document.createElement('div');
  trial.className = 'md sr-only';
  trial.append(mathml('math', root));
  document.body.append(trial);
  const wider = root.getBoundingClientRect().width - content.getBoundingClientRect().width;
  trial.remove();
  return wider > 1;
}

function mathml(type: string, ...children: readonly (Node | string)[]): MathMLElement {
  const node = document.createElementNS(namespace, type);
  node.append(...children);
  return node;
}

function fragment(nodes: readonly Node[]): DocumentFragment {
  const created = document.createDocumentFragment();
  created.append(...nodes);
  return created;
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
