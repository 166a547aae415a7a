import { env, Uri, type Webview } from 'vscode';
import { t } from '../../words.ts';

/** Folders that the page may load files from. */
export function pageRoots(extension: Uri): readonly Uri[] {
  return [Uri.joinPath(extension, 'dist'), Uri.joinPath(extension, 'media')];
}

/**
 * The page's HTML. Its policy lets our one script run and our style sheets apply; the page can load nothing else, reach no server,
 * and turn no text into HTML.
 */
export function pageHtml(webview: Webview, extension: Uri): string {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const file = (...path: readonly string[]): string =>
    webview.asWebviewUri(Uri.joinPath(extension, ...path)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    'img-src data:',
    'media-src blob:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="${env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('dist', 'codicon.css')}">
<link rel="stylesheet" href="${file('media', 'chat.css')}">
<title>Dify</title>
</head>
<body>
<div id="app" data-math="${file('dist', 'math.js')}" data-highlight="${file('dist', 'highlight.js')}"></div>
<noscript>${t('Scripts are off here, so the chat cannot be shown. What it does is in the command palette, under “Dify”.')}</noscript>
<script nonce="${nonce}" src="${file('dist', 'webview.js')}"></script>
</body>
</html>`;
}
