import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';

interface Properties {
  /** Whether it is open until the reader opens or closes it: from then on it is as they left it. */
  readonly startsOpen?: boolean;
  readonly summary: ComponentChildren;
  /** Made only while it is open. */
  readonly body: () => VNode;
}

/** A line that opens in place. */
export function Fold({ startsOpen = false, summary, body }: Properties): VNode {
  const [chosen, setChosen] = useState<boolean>();
  const isOpen = chosen ?? startsOpen;
  const toggle = (event: Event): void => {
    event.preventDefault();
    setChosen(!isOpen);
  };
  return (
    <details class="fold" open={isOpen}>
      <summary onClick={toggle}>{summary}</summary>
      {isOpen && <div class="fold-body">{body()}</div>}
    </details>
  );
}
