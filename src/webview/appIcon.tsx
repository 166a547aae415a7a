import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { AppFace } from '../conversation/appFace.ts';
import { isPicture } from './picture.ts';

interface Properties {
  readonly app: Pick<AppFace, 'icon' | 'emoji' | 'name'>;
  readonly classes?: string;
}

/** An app's picture, else its emoji, else the first letter of its name. */
export function AppIcon({ app, classes = '' }: Properties): VNode {
  const { icon, emoji, name } = app;
  const [broken, setBroken] = useState<string>();
  const all = `app-icon ${classes}`.trimEnd();
  if (icon !== undefined && icon !== broken && isPicture(icon)) {
    return (
      <span class={all} aria-hidden="true">
        <img src={icon} alt="" onError={() => setBroken(icon)} />
      </span>
    );
  }
  const letter = emoji === '' ? (Array.from(name.trim())[0] ?? '?').toUpperCase() : emoji;
  return <span class={all} data-letter={letter} aria-hidden="true" />;
}
