/** What is written after the fence, where VS Code has another id for it. */
const aliases: Readonly<Record<string, string>> = {
  bash: 'shellscript',
  'c#': 'csharp',
  'c++': 'cpp',
  cs: 'csharp',
  docker: 'dockerfile',
  golang: 'go',
  js: 'javascript',
  jsx: 'javascriptreact',
  kt: 'kotlin',
  md: 'markdown',
  objc: 'objective-c',
  patch: 'diff',
  ps1: 'powershell',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'shellscript',
  shell: 'shellscript',
  text: 'plaintext',
  ts: 'typescript',
  tsx: 'typescriptreact',
  txt: 'plaintext',
  yml: 'yaml',
  zsh: 'shellscript',
};

/**
 * The language id of a new file.
 *
 * @param named what the answer's fence names, '' without a fence
 * @param known the ids that this VS Code has
 */
export function languageFor(named: string, known: ReadonlySet<string>): string {
  if (named === '') return 'markdown';
  const name = named.toLowerCase();
  const id = Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name;
  return known.has(id) ? id : 'plaintext';
}
