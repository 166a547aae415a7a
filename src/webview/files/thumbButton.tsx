import type { VNode } from 'preact';

interface ThumbButtonProperties {
  readonly label: string;
  readonly hint?: string;
  readonly act: () => void;
  readonly children: VNode;
}

export function ThumbButton({ label, hint = label, act, children }: ThumbButtonProperties): VNode {
  return (
    <button class="thumb" type="button" aria-label={label} title={hint} onClick={act}>
      {children}
    </button>
  );
}
