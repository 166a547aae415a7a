import type { VNode } from 'preact';
import type { AppFace } from '../conversation/protocol.ts';

/** An app's emoji, else the first letter of its name. */
export function AppIcon({ app, classes = '' }: { readonly app: AppFace; readonly classes?: string }): VNode {
  const letter = app.emoji === '' ? (Array.from(app.name.trim())[0] ?? '?').toUpperCase() : app.emoji;
  return <span class={`app-icon ${classes}`.trimEnd()} data-letter={letter} aria-hidden="true" />;
}
