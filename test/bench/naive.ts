// What most extensions do with an answer that grows: parse, colour and lay out all of it again with each step.
import { build } from 'esbuild';
import type { Browser } from '../page/chatPage.ts';
import { cpu, measured, step } from './growingPage.ts';

declare global {
  // oxlint-disable-next-line no-var -- a global of the page
  var reparse: (text: string) => void;
}

/** Of so many steps one is measured, and stands for all of them: the whole would take a minute. */
const sampled = 10;

const source = `
  import MarkdownIt from 'markdown-it';
  import hljs from 'highlight.js/lib/core';
  import typescript from 'highlight.js/lib/languages/typescript';
  hljs.registerLanguage('ts', typescript);
  const markdown = new MarkdownIt({
    highlight: (code, language) => (hljs.getLanguage(language) ? hljs.highlight(code, { language }).value : ''),
  });
  const root = document.body.appendChild(document.createElement('div'));
  root.style.cssText = 'height: 100vh; overflow: auto';
  globalThis.reparse = (text) => {
    root.innerHTML = markdown.render(text);
    root.scrollTop = root.scrollHeight;
  };
`;

/** Milliseconds of the main thread for an answer that is shown anew with each step. */
export async function reparsed(browser: Browser, text: string): Promise<number> {
  const chat = await browser.open();
  await chat.page.goto('about:blank');
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    minify: true,
    write: false,
  });
  await chat.page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
  const took = await cpu(await measured(chat), () =>
    chat.page.evaluate(
      async ([whole, size, every]) => {
        for (let at = size, n = 0; at < whole.length; at += size * every, n++) {
          globalThis.reparse(whole.slice(0, at));
          if (n % (20 / every) === 0) await new Promise((shown) => requestAnimationFrame(shown));
        }
      },
      [text, step, sampled] as const,
    ),
  );
  await chat.close();
  return took * sampled;
}
