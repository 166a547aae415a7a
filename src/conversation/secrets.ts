/** Kinds of secrets that are known by their look. */
export type SecretKind =
  | 'privateKey'
  | 'aws'
  | 'github'
  | 'gitlab'
  | 'slack'
  | 'google'
  | 'openai'
  | 'dify'
  | 'stripe'
  | 'npm'
  | 'jwt'
  | 'bearer'
  | 'address'
  | 'password';

/** A place in a text that looks like a secret. */
export interface Secret {
  readonly kind: SecretKind;
  /** In UTF-16 units from the beginning of the text. */
  readonly start: number;
  readonly end: number;
}

/** How secrets of a kind look. What stands in the group `value`, else the whole of it, is weighed by `isReal`. */
interface Look {
  readonly kind: SecretKind;
  readonly pattern: RegExp;
  readonly isReal: (value: string) => boolean;
}

const always = (): boolean => true;

/** What a password is called before `=` or `:`. */
const name =
  '(?:passwords?|passwd|pwd|passphrase|secret|token|api[_-]?key|(?:access|secret|private|account|encryption)[_-]?key|credentials?|密码|密碼|口令|パスワード)';

/**
 * Every repetition has a bound, and none can match the same text in two ways: a long text costs a time that grows with its length only.
 * Issuers' own prefixes come first; the guess by a name comes last.
 */
const looks: readonly Look[] = [
  {
    kind: 'privateKey',
    pattern: /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----[\s\S]{0,400}?[A-Za-z0-9+/]{32,4096}/g,
    isReal: always,
  },
  { kind: 'privateKey', pattern: /PuTTY-User-Key-File-\d: /g, isReal: always },
  {
    kind: 'aws',
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/g,
    isReal: (value) => !value.endsWith('EXAMPLE'),
  },
  {
    kind: 'github',
    pattern: /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255})(?!\w)/g,
    isReal: isRandom,
  },
  { kind: 'gitlab', pattern: /(?<![\w-])glpat-[\w-]{20,64}/g, isReal: isRandom },
  { kind: 'slack', pattern: /(?<![\w-])xox[abeprs]-[\w-]{10,255}/g, isReal: (value) => /\d{6}/.test(value) },
  {
    kind: 'slack',
    pattern: /hooks\.slack\.com\/services\/T\w{6,16}\/B\w{6,16}\/(?<value>\w{16,64})/g,
    isReal: isRandom,
  },
  { kind: 'google', pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g, isReal: isRandom },
  { kind: 'google', pattern: /(?<![\w-])GOCSPX-[\w-]{28}(?![\w-])/g, isReal: isRandom },
  { kind: 'openai', pattern: /(?<![\w-])sk-[\w-]{32,255}/g, isReal: isRandom },
  { kind: 'dify', pattern: /(?<![\w-])(?:app|dataset)-[A-Za-z0-9]{24}(?![\w-])/g, isReal: isRandom },
  { kind: 'stripe', pattern: /(?<!\w)(?:[sr]k_live|whsec)_[A-Za-z0-9]{16,255}/g, isReal: isRandom },
  { kind: 'npm', pattern: /(?<!\w)npm_[A-Za-z0-9]{36}(?!\w)/g, isReal: isRandom },
  { kind: 'npm', pattern: /:_(?:authToken|auth|password)\s{0,4}=\s{0,4}(?<value>[^\s"'${}]{8,255})/g, isReal: always },
  { kind: 'jwt', pattern: /(?<![\w-])eyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{16,1000}/g, isReal: always },
  { kind: 'bearer', pattern: /\bBearer\s{1,4}(?<value>[\w.~+/-]{20,500})/g, isReal: isRandom },
  {
    kind: 'address',
    pattern: /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/"'`<>]{1,64}:(?<value>[^\s:@/"'`<>]{6,128})@[\w.[-]/gi,
    isReal: (value) => !isPlaceholder(value),
  },
  {
    // In quotes, as in code and JSON.
    kind: 'password',
    pattern: new RegExp(`${name}["'\`]?\\s{0,8}(?::=|=>|[:=：])\\s{0,8}(["'\`])(?<value>[^\\s"'\`]{8,200})\\1`, 'gi'),
    isReal: isPassword,
  },
  {
    // Alone on its line, as in `.env`, properties and YAML; a name in code would rarely be that long with digits.
    kind: 'password',
    pattern: new RegExp(`${name}\\s{0,4}[:=：]\\s{0,4}(?<value>[^\\s"'\`(){}<>;,]{12,200})[ \\t]{0,8}$`, 'gim'),
    isReal: (value) => isPassword(value) && !isNameInCode(value),
  },
];

/**
 * The places that look like secrets, in the order of the text; what two looks find at one place is told once. It rather misses one than
 * cries wolf: what is often wrong is soon pressed away unread.
 */
export function findSecrets(text: string): readonly Secret[] {
  const found = looks.flatMap(({ kind, pattern, isReal }) =>
    [...text.matchAll(pattern)]
      .filter((match) => isReal(match.groups?.['value'] ?? match[0]))
      .map((match): Secret => ({ kind, ...placeOf(match) })),
  );
  const told: Secret[] = [];
  const taken = new Uint8Array(text.length);
  for (const secret of found) {
    const { start, end } = secret;
    if (taken.subarray(start, end).includes(1)) continue;
    taken.fill(1, start, end);
    told.push(secret);
  }
  return told.toSorted((one, other) => one.start - other.start);
}

/** Of a name with its value only the value is the secret. */
function placeOf(match: RegExpExecArray): Pick<Secret, 'start' | 'end'> {
  const value = match.groups?.['value'];
  const from = value === undefined ? 0 : match[0].lastIndexOf(value);
  const start = match.index + from;
  return { start, end: start + (value ?? match[0]).length };
}

/** Whether it was drawn by a machine: nobody writes `sk-your-key-goes-here-0000`, but an example would. */
function isRandom(value: string): boolean {
  return !isPlaceholder(value) && /\d/.test(value) && /[A-Za-z]/.test(value) && entropy(value) >= 3;
}

function isPassword(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(value)).length;
  return kinds >= 2 && /\d/.test(value) && entropy(value) >= 2.75 && !isPlaceholder(value);
}

function isPlaceholder(value: string): boolean {
  return /^[$<%#{[]|\$\{|\{\{|example|changeme|placeholder|dummy|redacted|your[_-]|\.{3}|…|x{4}|\*{3}|0{6}|1234567/i.test(
    value,
  );
}

/** Like `request.headers.token2` or `base64Decoder`. */
function isNameInCode(value: string): boolean {
  return /^[A-Za-z_]\w*(?:[.:]{1,2}[A-Za-z_]\w*)+$/.test(value) || /^[A-Za-z]*\d{1,3}[A-Z][A-Za-z]+$/.test(value);
}

/** Bits for each character, by Shannon. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, n) => sum - (n / text.length) * Math.log2(n / text.length), 0);
}
