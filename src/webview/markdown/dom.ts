/** An element with its classes and children: all that an answer is built from. Text becomes text nodes, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  classes = '',
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  if (classes !== '') created.className = classes;
  created.append(...children);
  return created;
}

/** A codicon; decoration unless it has a name. */
export function icon(name: string, label?: string): HTMLElement {
  const created = element('i', `codicon codicon-${name}`);
  if (label === undefined) {
    created.ariaHidden = 'true';
  } else {
    created.role = 'img';
    created.ariaLabel = label;
  }
  return created;
}

/** What a click on a button inside an answer does: the transcript listens once for all of them. */
export type Act =
  | 'copyCode'
  | 'applyCode'
  | 'insertCode'
  | 'newFileCode'
  | 'previewCode'
  | 'moreCode'
  | 'wrapCode'
  | 'openImage'
  | 'showImage'
  | 'ask'
  | 'sendForm';

/** A button inside an answer. */
export function actButton(
  act: Act,
  label: string,
  classes: string,
  ...children: readonly (Node | string)[]
): HTMLElement {
  const button = element('button', classes, ...children);
  button.type = 'button';
  button.dataset['act'] = act;
  if (children.every((child) => typeof child !== 'string')) {
    button.ariaLabel = label;
    button.title = label;
  }
  return button;
}
