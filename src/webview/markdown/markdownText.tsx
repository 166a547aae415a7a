import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { memo } from '../memo.ts';
import { StreamingMarkdown } from './streamingMarkdown.ts';

/** Markdown that is whole, as safe as that of an answer. Its element belongs to the renderer. */
export const MarkdownText = memo(function MarkdownText({ text }: { readonly text: string }): VNode {
  return <Text text={text} />;
});

function Text({ text }: { readonly text: string }): VNode {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (root.current === null) return;
    root.current.replaceChildren();
    const markdown = new StreamingMarkdown(root.current);
    markdown.add(text);
    markdown.end();
  }, [text]);
  return <div class="md" ref={root} />;
}
