const codeNames = new Set(
  'javascript js typescript ts python py java c c++ cpp c# csharp go golang rust ruby php swift kotlin scala sql html css shell bash powershell r lua perl dart json yaml markdown'.split(
    ' ',
  ),
);

/** The way VS Code writes what others call differently. */
const codeIds: Readonly<Record<string, readonly string[]>> = {
  javascript: ['js', 'javascriptreact', 'jsx'],
  typescript: ['ts', 'typescriptreact', 'tsx'],
  python: ['py'],
  csharp: ['c#', 'cs'],
  cpp: ['c++'],
  go: ['golang'],
  shellscript: ['shell', 'bash', 'sh'],
  plaintext: ['text', 'plain text'],
};

/** Whether the choice of a form names one. */
export function namesCodeLanguage(option: string): boolean {
  return codeNames.has(option.trim().toLowerCase());
}

/** The one of the choices that is VS Code's language: `C#` for `csharp`. */
export function sameCodeLanguage(languageId: string, choices: readonly string[]): string | undefined {
  const meant = new Set([languageId, ...(codeIds[languageId] ?? [])]);
  for (const [id, names] of Object.entries(codeIds)) if (names.includes(languageId)) meant.add(id);
  return choices.find((choice) => meant.has(choice.trim().toLowerCase()));
}
