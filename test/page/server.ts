import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const themes = ['dark-modern', 'light-modern', 'hc-dark', 'hc-light'] as const;
export type Theme = (typeof themes)[number];

interface ThemeFile {
  readonly bodyClass: string;
  readonly values: Readonly<Record<string, string>>;
  /** Variables that VS Code leaves out in this theme. */
  readonly unset: readonly string[];
}

const root = new URL('../../', import.meta.url);
const files: Readonly<Record<string, readonly [path: string, type: string]>> = {
  '/webview.js': ['dist/webview.js', 'text/javascript'],
  '/math.js': ['dist/math.js', 'text/javascript'],
  '/highlight.js': ['dist/highlight.js', 'text/javascript'],
  '/codicon.css': ['dist/codicon.css', 'text/css'],
  '/codicon.ttf': ['dist/codicon.ttf', 'font/ttf'],
  '/chat.css': ['media/chat.css', 'text/css'],
};

/** Serves the page as the extension host would: the same policy, the same files, and a stand-in for VS Code's own part of it. */
export async function servePage(): Promise<{ readonly origin: string; close(): void }> {
  const server = createServer((request, response) => {
    answer(new URL(request.url ?? '/', 'http://page'), response).catch((error: unknown) => {
      response.statusCode = 404;
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

async function answer(url: URL, response: ServerResponse): Promise<void> {
  const theme = url.searchParams.get('theme') ?? 'dark-modern';
  if (url.pathname === '/') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    const { bodyClass } = await readTheme(theme);
    response.end(
      html({
        theme,
        bodyClass,
        lang: url.searchParams.get('lang') ?? 'en',
        frames: url.searchParams.has('frames'),
        busy: url.searchParams.has('busy'),
      }),
    );
  } else if (url.pathname === '/theme.css') {
    response.setHeader('content-type', 'text/css');
    response.end(themeCss((await readTheme(theme)).values));
  } else {
    const [path, type] = files[url.pathname] ?? ['', ''];
    if (path === '') throw new Error(`no such file: ${url.pathname}`);
    response.setHeader('content-type', type);
    response.end(await readFile(new URL(path, root)));
  }
}

export async function readTheme(theme: string): Promise<ThemeFile> {
  return JSON.parse(await readFile(new URL(`themes/${theme}.json`, import.meta.url), 'utf8')) as ThemeFile;
}

/** The variables, and what VS Code itself puts around every webview. */
function themeCss(values: ThemeFile['values']): string {
  const variables = Object.entries(values).map(([name, value]) => `${name}: ${value};`);
  return `:root { ${variables.join('\n')} }
    html { scrollbar-color: var(--vscode-scrollbarSlider-background) transparent; background: var(--vscode-sideBar-background); }
    body { color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); padding: 0 20px; }`;
}

interface PageOptions {
  readonly theme: string;
  readonly bodyClass: string;
  readonly lang: string;
  /** Animation frames come only when the test asks for one. */
  readonly frames: boolean;
  /** The browser has no time to spare unless a test waits for it. */
  readonly busy: boolean;
}

function html({ theme, bodyClass, lang, ...when }: PageOptions): string {
  const nonce = 'dGVzdC1ub25jZQ';
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'self'",
    "font-src 'self'",
    'img-src data:',
    'media-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${lang}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <title>Dify</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/theme.css?theme=${theme}" />
    <link rel="stylesheet" href="/codicon.css" />
    <link rel="stylesheet" href="/chat.css" />
  </head>
  <body class="${bodyClass}">
    <div id="app" data-math="/math.js" data-highlight="/highlight.js"></div>
    <script nonce="${nonce}">${hostScript(when)}</script>
    <script nonce="${nonce}" src="/webview.js"></script>
  </body>
</html>`;
}

/** Idle callbacks of a browser that is never idle. */
const never = '{ requestIdleCallback: () => ++host.asked, cancelIdleCallback: () => {} }';

/** Plays VS Code: takes what the page posts, and records what its policy refused. */
function hostScript({ frames, busy }: Pick<PageOptions, 'frames' | 'busy'>): string {
  return `
    const frame = window.requestAnimationFrame.bind(window);
    window.host = { posted: [], refused: [], errors: [], frames: [], idle: new Map(), asked: 0 };
    // Spare time is there when a test waits for it: a page in which nothing moves is told of its own every half second only.
    const { requestIdleCallback: ask, cancelIdleCallback: cancel } = ${busy ? never : 'window'};
    window.requestIdleCallback = (run, options) => {
      const id = ask((deadline) => {
        host.idle.delete(id);
        run(deadline);
      }, options);
      host.idle.set(id, run);
      return id;
    };
    window.cancelIdleCallback = (id) => {
      host.idle.delete(id);
      cancel(id);
    };
    document.addEventListener('securitypolicyviolation', (e) => host.refused.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample));
    addEventListener('error', (e) => host.errors.push(String(e.message)));
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => host.posted.push(structuredClone(message)),
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
      setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
    });
    host.send = (message) => dispatchEvent(new MessageEvent('message', { data: structuredClone(message) }));
    host.paint = () => { const due = host.frames.splice(0); for (const run of due) run(performance.now()); };
    host.settled = async () => {
      // What the page loads late is here then, too.
      if (document.querySelector('figure.code') !== null) await import('/highlight.js');
      if (document.querySelector('.formula') !== null) await import('/math.js');
      const changes = new MutationObserver(() => {});
      changes.observe(document.body, { subtree: true, childList: true });
      for (let quiet = 0; quiet < 2; quiet++) {
        const due = [...host.idle];
        for (const [id, run] of due) {
          cancelIdleCallback(id);
          const end = performance.now() + 50;
          run({ didTimeout: false, timeRemaining: () => Math.max(0, end - performance.now()) });
        }
        await host.frame();
        if (due.length > 0 || changes.takeRecords().length > 0) quiet = -1;
      }
      changes.disconnect();
    };
    host.answer = () => ({
      answer: new XMLSerializer().serializeToString(document.querySelector('.md') ?? new Text('')),
      thinking: document.querySelector('.thought')?.textContent ?? '',
    });
    host.unfold = async () => {
      const clicked = new WeakSet();
      for (let closed = [0]; closed.length > 0;) {
        await host.settled();
        const all = document.querySelectorAll('.transcript details:not([open]) > summary, .transcript .process [aria-expanded=false]');
        closed = [...all].filter((fold) => !clicked.has(fold));
        // What a fold holds may be drawn only once it is told that it is open.
        const told = closed.map((fold) => fold.tagName !== 'SUMMARY' ||
          new Promise((opened) => fold.parentElement.addEventListener('toggle', opened, { once: true })));
        for (const fold of closed) {
          clicked.add(fold);
          fold.click();
        }
        await Promise.all(told);
      }
    };
    host.frame = () => new Promise((shown) => frame(shown));
    ${frames ? 'window.requestAnimationFrame = (run) => host.frames.push(run);' : ''}
  `;
}
