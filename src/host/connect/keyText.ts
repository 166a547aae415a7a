import type { Translate } from '../../conversation/failure.ts';

/** What is wrong with a key, so that nothing is sent with it. */
export type KeyProblem = 'empty' | 'knowledgeKey' | 'characters' | 'length';

/** The keys that can be tried, and what is wrong with each of the others. */
export interface ReadKeys {
  readonly keys: readonly [string, ...string[]];
  readonly problems: readonly KeyProblem[];
}

/**
 * The keys in what was pasted: one; or several of the form `app-…`, in lines, with commas, as a JSON list, behind names as in `KEY=app-…`.
 * Where none can be tried, what is wrong with the first. Only white space around a key is dropped: within it, it is a mistake.
 */
export function keysIn(pasted: string): ReadKeys | KeyProblem {
  const found = [...new Set(separate(pasted) ?? [pasted.trim()])];
  const [first, ...others] = found.filter((key) => problemOf(key) === undefined);
  const problems = found.map(problemOf).filter((problem) => problem !== undefined);
  return first === undefined ? (problems[0] ?? 'empty') : { keys: [first, ...others], problems };
}

export function keyProblemSentence(problem: KeyProblem, t: Translate): string {
  switch (problem) {
    case 'empty':
      return t('Paste the API key of the app.');
    case 'knowledgeKey':
      return t('This is a knowledge key (dataset-…). Paste an app key, it starts with app-.');
    case 'characters':
      return t('The key has characters that no key has. Copy it again in Dify.');
    case 'length':
      return t('The key is too short or too long. Copy it again in Dify.');
  }
}

/** The keys if nothing but keys and what stands around them is there. Lines run together where a field has no lines. */
function separate(pasted: string): readonly string[] | undefined {
  const parts = pasted
    .split(/["'`,;[\]{}\s]+/)
    .map((part) => part.replace(/^[A-Za-z_]\w*[:=]/, ''))
    .filter((part) => part !== '' && !/^(?:export|bearer|\w*(?:key|token)\w*)?[:=]?$/i.test(part));
  const keys = parts.flatMap((part) => part.split(/(?<=app-[A-Za-z0-9]{24})(?=app-)/));
  return keys.length > 0 && keys.every((key) => /^(?:app|dataset|ds)-\S+$/.test(key)) ? keys : undefined;
}

function problemOf(key: string): KeyProblem | undefined {
  if (key === '') return 'empty';
  if (/^(?:dataset|ds)-/.test(key)) return 'knowledgeKey';
  if (!/^[\x21-\x7e]+$/.test(key)) return 'characters';
  return key.length < 8 || key.length > 512 ? 'length' : undefined;
}
