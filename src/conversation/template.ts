import { variables, type Variable } from './recipe.ts';

/** The variables that bring in text from elsewhere. What such a text says is never an instruction. */
const data: ReadonlySet<Variable> = new Set<Variable>([
  'selectedText',
  'surroundingText',
  'fileText',
  'diagnostics',
  'clipboard',
  'gitDiff',
]);

const named = /\$\{(\w+)\}/g;

/** The variables that the template names; what only looks like one is not among them. */
export function variablesIn(template: string): ReadonlySet<Variable> {
  return new Set([...template.matchAll(named)].flatMap(([, name = '']) => (isVariable(name) ? [name] : [])));
}

/**
 * The template with the values in the places of their variables; one without a value is empty, an unknown one stays as it is written.
 * A text from elsewhere that stands on a line of its own beside other words is set apart as data: between a pair of tags with a
 * marker that nobody who wrote the text can know.
 *
 * @param marker drawn anew each time
 */
export function fillTemplate(
  template: string,
  values: Readonly<Partial<Record<Variable, string>>>,
  marker = crypto.randomUUID().slice(0, 8),
): string {
  const lines = template.split('\n');
  const isOnly = lines.filter((line) => line.trim() !== '').length === 1;
  const filled = lines.map((line) => {
    const alone = aloneIn(line);
    if (isOnly || alone === undefined || !data.has(alone)) return filledLine(line, values);
    const text = values[alone] ?? '';
    return text === '' ? '' : [`<${alone}-${marker}>`, text, `</${alone}-${marker}>`].join('\n');
  });
  return isOnly ? filled.join('\n') : withoutGaps(lines, filled);
}

function filledLine(line: string, values: Readonly<Partial<Record<Variable, string>>>): string {
  return line.replaceAll(named, (written, name: string) => (isVariable(name) ? (values[name] ?? '') : written));
}

/** The variable that the line consists of. */
function aloneIn(line: string): Variable | undefined {
  const name = /^\s*\$\{(\w+)\}\s*$/.exec(line)?.[1] ?? '';
  return isVariable(name) ? name : undefined;
}

/** Lines whose variables had no value leave nothing behind, nor the blank line before them. */
function withoutGaps(lines: readonly string[], filled: readonly string[]): string {
  const kept: string[] = [];
  for (const [index, line] of filled.entries()) {
    const isGone = line === '' && lines[index] !== '';
    const followsBlank = kept.length === 0 || kept.at(-1) === '';
    if (!isGone && !(line === '' && followsBlank)) kept.push(line);
  }
  while (kept.at(-1) === '') kept.pop();
  return kept.join('\n');
}

function isVariable(name: string): name is Variable {
  return (variables as readonly string[]).includes(name);
}
