import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Run } from '../../conversation/run.ts';
import { AnswerBody } from './answerBody.ts';

/** The text of an answer. Its element belongs to {@link AnswerBody}: nothing is rendered into it from here. */
export function AnswerText({ run }: { readonly run: Run }): VNode {
  const root = useRef<HTMLDivElement>(null);
  const body = useRef<AnswerBody>(undefined);
  useLayoutEffect(() => {
    if (root.current === null) return;
    body.current ??= new AnswerBody(root.current);
    body.current.update(run);
  }, [run]);
  return <div class="answer-body" ref={root} />;
}
