import type { Found } from '../../src/demo/workflow/nodes/outside.ts';

const texts = {
  shipping:
    'Shipping\n\nStandard shipping of a zeppelin takes four days. Express shipping of a zeppelin takes one day and costs twenty euros.\n\nShipping to islands takes two days longer.',
  returns:
    'Returns policy\n\nA customer may return an unused zeppelin within thirty days. The refund is paid to the original card within five working days.\n\nDamaged zeppelin items are replaced free of charge.',
} as const;

/** Texts of the lab's handbook that have words of the question, the best first. */
export function handbookOn(question: string): readonly Found[] {
  const asked = new Set(words(question).filter((word) => word.length > 4));
  return Object.entries(texts)
    .map(([name, content], index) => {
      const hits = words(content).filter((word) => asked.has(word)).length;
      return {
        datasetId: 'dddddddd-0000-4000-8000-000000000001',
        datasetName: 'Product handbook',
        documentId: `dddddddd-0000-4000-8000-00000000001${index}`,
        documentName: `${name}.md`,
        segmentId: `dddddddd-0000-4000-8000-00000000002${index}`,
        score: hits / words(content).length,
        content,
      };
    })
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score);
}

function words(text: string): readonly string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}
