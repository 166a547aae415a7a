/** What is wrong with a key, so that nothing is sent with it. */
export type KeyProblem = 'empty' | 'knowledgeKey' | 'characters' | 'length';

/**
 * The keys in what was pasted: one; or several of the form `app-…`, in lines, with commas, as a JSON list, behind names as in `KEY=app-…`.
 * What is wrong with any of them is wrong with all. Only white space around a key is dropped: within it, it is a mistake.
 */
export function keysIn(pasted: string): readonly [string, ...string[]] | KeyProblem {
  const keys = separate(pasted) ?? [pasted.trim()];
  const problem = keys.map(problemOf).find((found) => found !== undefined);
  const [first, ...others] = new Set(keys);
  return problem ?? (first === undefined ? 'empty' : [first, ...others]);
}

/** The keys if nothing but keys and what stands around them is there. Lines run together where a field has no lines. */
function separate(pasted: string): readonly string[] | undefined {
  const parts = pasted
    .split(/["'`,;[\]{}\s]+/)
    .map((part) => part.replace(/^[A-Za-z_]\w*[:=]/, ''))
    .filter((part) => part !== '' && !/^(?:export|bearer|\w*(?:key|token)\w*)?[:=]?$/i.test(part));
  const keys = parts.flatMap((part) => part.split(/(?<=app-[A-Za-z0-9]{24})(?=app-)/));
  return keys.length > 0 && keys.every((key) => /^(?:app|dataset|ds)-[\x21-\x7e]+$/.test(key)) ? keys : undefined;
}

function problemOf(key: string): KeyProblem | undefined {
  if (key === '') return 'empty';
  if (/^(?:dataset|ds)-/.test(key)) return 'knowledgeKey';
  if (!/^[\x21-\x7e]+$/.test(key)) return 'characters';
  return key.length < 8 || key.length > 512 ? 'length' : undefined;
}
