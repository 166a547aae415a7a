import type { VNode } from 'preact';

/** A codicon. Decoration: what it stands for is said beside it. */
export function Icon({ name, classes = '' }: { readonly name: string; readonly classes?: string }): VNode {
  return <i class={`codicon codicon-${name} ${classes}`.trimEnd()} aria-hidden="true" />;
}
