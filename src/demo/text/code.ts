const codeLine =
  /[;{}]\s*$|=>|^\s*(?:import|export|from|def|class|function|const|let|var|public|private|protected|static|#include|package|func|fn|return|if\s*\(|for\s*\(|while\s*\(|else|elif|try|except|catch|use|struct|enum|interface|type|@\w+|\/\/|\/\*|\*|#\s)\b|^\s*(?:\/\/|\/\*|\*\/|\*\s|#\s|"""|<\/?\w+)|^\s*[\w.$]+\s*(?:[-+*/]?=|\()[^.]*$/;

/** Whether a text is source code rather than prose: a fence around it, or most lines look so. */
export function isCode(text: string): boolean {
  if (fenced(text) !== undefined) return true;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2) return /^\s*(?:const|let|var|function|def|class|import|#include)\s.*[;{:)]\s*$/.test(text);
  // Headings and lists are Markdown's, too.
  const likeCode = lines.filter((line) => codeLine.test(line) && !/^\s*(?:#{1,6} |[*+-] )/.test(line)).length;
  return likeCode / lines.length >= 0.5;
}

/** What a piece of source code defines and what its comments say, in Markdown. */
export function outlineOf(text: string): string {
  const code = fenced(text) ?? text;
  const lines = code.split('\n').filter((line) => line.trim() !== '').length;
  const defined = definitionsOf(code);
  const comments = commentsOf(code);
  const parts = [
    `${languageName(code)}, ${lines} ${lines === 1 ? 'line' : 'lines'}. ${
      defined.length === 0 ? 'It defines no function or class.' : `It defines ${defined.join(', ')}.`
    }`,
  ];
  if (comments.length > 0)
    parts.push(`What its comments say:\n\n${comments.map((comment) => `- ${comment}`).join('\n')}`);
  parts.push('*(Demo outline, read off names and comments, without a language model.)*');
  return parts.join('\n\n');
}

function fenced(text: string): string | undefined {
  return /^\s*```[^\n]*\n([\s\S]*?)\n?```\s*$/.exec(text)?.[1];
}

const definitions = [
  { kind: 'class', pattern: /^\s*(?:export\s+)?(?:default\s+)?(?:public\s+|abstract\s+|final\s+)*class\s+([\w$]+)/gm },
  { kind: 'interface', pattern: /^\s*(?:export\s+)?(?:public\s+)?interface\s+([\w$]+)/gm },
  { kind: 'type', pattern: /^\s*(?:export\s+)?(?:type|struct|enum|trait)\s+([\w$]+)/gm },
  {
    kind: 'function',
    pattern:
      /^\s*(?:export\s+)?(?:default\s+)?(?:pub\s+)?(?:async\s+)?(?:function\*?|def|func|fn)\s+(?:\([^)]*\)\s*)?([\w$]+)/gm,
  },
  { kind: 'function', pattern: /^\s*(?:export\s+)?const\s+([\w$]+)\s*=\s*(?:async\s*)?(?:\([^)]*\)|[\w$]+)\s*=>/gm },
];

function definitionsOf(code: string): readonly string[] {
  return definitions.flatMap(({ kind, pattern }) => {
    const names = [...code.matchAll(pattern)].map(([, name]) => `\`${name ?? ''}\``);
    if (names.length === 0) return [];
    const shown = names.length > 6 ? [...names.slice(0, 6), `${names.length - 6} more`] : names;
    return [`the ${names.length === 1 ? kind : plural(kind)} ${shown.join(', ')}`];
  });
}

function plural(kind: string): string {
  return kind === 'class' ? 'classes' : `${kind}s`;
}

/** The first sentence of each comment, five at most. */
function commentsOf(code: string): readonly string[] {
  const found = code.matchAll(
    /\/\*\*?([\s\S]*?)\*\/|(?:^[ \t]*\/\/.*\n?)+|(?:^[ \t]*#(?![!{[]| *include).*\n?)+|"""([\s\S]*?)"""/gm,
  );
  return [...found]
    .map(([whole, block, docstring]) => plainComment(block ?? docstring ?? whole))
    .filter((comment) => /\p{L}{2}/u.test(comment))
    .slice(0, 5);
}

function plainComment(comment: string): string {
  const text = comment
    .replaceAll(/^[ \t]*(?:\/\/+|#+|\*+)?[ \t]?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return /^.*?(?:[.!?](?=\s|$)|[。！？])/u.exec(text)?.[0] ?? text;
}

function languageName(code: string): string {
  const signs: readonly (readonly [string, RegExp])[] = [
    ['C or C++ code', /^\s*#include\b/m],
    ['Python code', /^\s*(?:def \w+\(.*\).*:|from \w[\w.]* import|elif .*:|import \w+\s*$)/m],
    ['Go code', /^\s*(?:package \w+\s*$|func (?:\(\w+ \*?\w+\) )?\w+\(.*\{\s*$)/m],
    ['Rust code', /^\s*(?:pub )?fn \w+.*\{|^\s*use \w+::/m],
    ['Java or C# code', /^\s*(?:public|private|protected) (?:static |final |class |void |\w+ )+/m],
    ['TypeScript code', /^\s*(?:export )?(?:interface|type) \w+|\)\s*:\s*[\w<>[\]|]+\s*(?:=>|\{)|^import .* from '/m],
    ['JavaScript code', /^\s*(?:const|let|var|function|export|async) /m],
    ['HTML or XML', /^\s*<\/?[a-z!]/im],
  ];
  return signs.find(([, sign]) => sign.test(code))?.[0] ?? 'Source code';
}
