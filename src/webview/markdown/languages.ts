/** Languages whose written name differs from their capitalised identifier. */
const names: Readonly<Record<string, string>> = {
  bash: 'Shell',
  cpp: 'C++',
  cs: 'C#',
  csharp: 'C#',
  css: 'CSS',
  diff: 'Diff',
  dockerfile: 'Dockerfile',
  echarts: 'ECharts',
  html: 'HTML',
  javascript: 'JavaScript',
  js: 'JavaScript',
  json: 'JSON',
  jsonc: 'JSON',
  jsx: 'JSX',
  md: 'Markdown',
  objc: 'Objective-C',
  php: 'PHP',
  plaintext: '',
  powershell: 'PowerShell',
  ps1: 'PowerShell',
  py: 'Python',
  rb: 'Ruby',
  rs: 'Rust',
  scss: 'SCSS',
  sh: 'Shell',
  shell: 'Shell',
  sql: 'SQL',
  svg: 'SVG',
  text: '',
  toml: 'TOML',
  ts: 'TypeScript',
  tsx: 'TSX',
  txt: '',
  typescript: 'TypeScript',
  vb: 'Visual Basic',
  xml: 'XML',
  yaml: 'YAML',
  yml: 'YAML',
  zsh: 'Shell',
};

/** The first word behind a block's fence, which names its language. */
export function languageId(info: string): string {
  return /^\s*([^\s{]+)/.exec(info)?.[1] ?? '';
}

/** The name of a code block's language, from what stands behind its fence; '' if there is none worth showing. */
export function languageName(info: string): string {
  const id = languageId(info);
  const known = Object.hasOwn(names, id.toLowerCase()) ? names[id.toLowerCase()] : undefined;
  return known ?? (id.slice(0, 1).toUpperCase() + id.slice(1)).slice(0, 40);
}
