/** Markdown with what a reply of a language model may hold: headings, a list, code, a table, a quotation. */
export function markdownSample(): string {
  return `## A sample of Markdown

Plain text with **bold**, *italic* and \`inline code\`, and a list:

1. first
2. second
   - nested

\`\`\`ts
export function greeting(name: string): string {
  return \`Hello, \${name}!\`;
}
\`\`\`

${tableSample()}

> Everything here is written by a text function, not by a language model.`;
}

export function tableSample(): string {
  return `| Language | Greeting | Characters |
| :-- | :-: | --: |
| English | Hello | 5 |
| 中文 | 你好 | 2 |
| 日本語 | こんにちは | 5 |`;
}

/** Numbers, a line of ten at a time. */
export function countedTo(last: number): string {
  const numbers = Array.from({ length: last }, (_, index) => String(index + 1));
  const lines: string[] = [];
  for (let first = 0; first < last; first += 10) lines.push(numbers.slice(first, first + 10).join(', '));
  return lines.join(',\n');
}

const subjects = ['A zeppelin', 'The lighthouse', 'An old library', 'The night train', 'A small bakery', 'The harbour'];
const verbs = ['waits for', 'remembers', 'looks after', 'is older than', 'tells of', 'passes by'];
const objects = [
  'the morning fog',
  'a hundred letters',
  'the sleeping town',
  'its own shadow',
  'the first snow',
  'a quiet street',
];

/** About 1,500 words in numbered paragraphs: long enough to be stopped. */
export function longAnswer(): string {
  const paragraphs = Array.from({ length: 36 }, (_, index) => {
    const sentences = Array.from({ length: 6 }, (__, step) => {
      const subject = subjects[(index + step) % subjects.length] ?? '';
      const verb = verbs[(index * 2 + step) % verbs.length] ?? '';
      const object = objects[(index * 3 + step * 5) % objects.length] ?? '';
      return `${subject} ${verb} ${object}.`;
    });
    return `**${index + 1}.** ${sentences.join(' ')}`;
  });
  return `Here is a long text, put together from a few building blocks. Stop it whenever you like.\n\n${paragraphs.join('\n\n')}\n\nThat was all.`;
}
