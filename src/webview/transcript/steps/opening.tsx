import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { formatDuration } from './duration.ts';
import { StateIcon, type StepState } from './stepState.tsx';

interface Properties {
  readonly state: StepState;
  readonly title: string;
  /** Beside the title: what is to be seen without opening it. */
  readonly tags?: readonly string[];
  readonly seconds: number | undefined;
  /** Behind the time. */
  readonly more?: string;
  /** What went wrong, under the line. */
  readonly error?: string | undefined;
  /** Whether it is open until the reader opens or closes it. */
  readonly startsOpen: boolean;
  /** Made only while it is open; `undefined` for a line that does not open. @param isChosen whether the reader opened it */
  readonly body: ((isChosen: boolean) => ComponentChildren) | undefined;
}

/** A line of the tree. */
export function Opening({ error, startsOpen, body, ...line }: Properties): VNode {
  const [chosen, setChosen] = useState<boolean>();
  const isOpen = body !== undefined && (chosen ?? startsOpen);
  const { icon } = line.state;
  return (
    <li>
      {body === undefined ? (
        <div class="node">
          <Line {...line} />
        </div>
      ) : (
        <button class="node" type="button" aria-expanded={isOpen} onClick={() => setChosen(!isOpen)}>
          <Line {...line} />
        </button>
      )}
      {error !== undefined && <p class={icon === 'error' ? 'node-error' : 'node-error handled'}>{error}</p>}
      {isOpen && body(chosen === true)}
    </li>
  );
}

function Line({
  state,
  title,
  tags = [],
  seconds,
  more = '',
}: Omit<Properties, 'error' | 'startsOpen' | 'body'>): VNode {
  const end = [formatDuration(seconds), more].filter((part) => part !== '').join(' · ');
  return (
    <>
      <StateIcon state={state} />
      <span class="cut">{title}</span>
      {tags.map((tag) => (
        <span key={tag} class="tag num">
          {tag}
        </span>
      ))}
      {end !== '' && <span class="end-slot num">{end}</span>}
    </>
  );
}
