import type { Found } from '../workflow/nodes/outside.ts';

interface Page {
  readonly name: string;
  readonly text: string;
}

const pages: readonly Page[] = [
  {
    name: 'chat.md',
    text: 'A chat keeps its history on the server. Ask again in the same conversation, and the app remembers what was said. A stopped answer keeps the text that was shown.',
  },
  {
    name: 'actions.md',
    text: 'An action sends the selected text to an app. The result opens beside the file and grows as the answer arrives. Several results can be compared.',
  },
  {
    name: 'workflows.md',
    text: 'A workflow runs node by node. Nodes may run side by side, be tried again, or fail and be handled. The run shows each node with its time.',
  },
  {
    name: 'privacy.md',
    text: 'This demo runs on this computer. No text leaves it, and no language model is asked. An API key is kept in the secret storage of the editor.',
  },
];

export const pageNames = pages.map(({ name }) => name);

/** Pages of the demo's handbook that have words of the question, the best first. */
export function pagesOn(question: string): readonly Found[] {
  const asked = new Set(words(question));
  return pages
    .map(({ name, text }, index) => {
      const hits = words(`${name} ${text}`).filter((word) => asked.has(word)).length;
      return {
        datasetId: 'de300000-0000-4000-8000-000000000001',
        datasetName: 'Demo handbook',
        documentId: `de300000-0000-4000-8000-00000000001${index}`,
        documentName: name,
        segmentId: `de300000-0000-4000-8000-00000000002${index}`,
        score: Math.min(1, hits / 10),
        content: text,
      };
    })
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, 2);
}

export function pageText(name: string): string {
  return pages.find((page) => page.name === name)?.text ?? '';
}

/** Words long enough to mean something, without their plural. */
function words(text: string): readonly string[] {
  return (text.toLowerCase().match(/\p{L}{4,}/gu) ?? []).map((word) => word.replace(/s$/, ''));
}
