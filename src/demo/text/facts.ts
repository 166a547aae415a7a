/** Something the person said about a thing: "the port is 8080". */
export interface Fact {
  /** In lower case, without article: `port`, `name`. */
  readonly subject: string;
  readonly value: string;
  /** Whether it is the person's own: "my name". */
  readonly isTheirs: boolean;
}

const statements: readonly { readonly pattern: RegExp; readonly read: (found: readonly string[]) => Fact }[] = [
  {
    pattern:
      /\b(?:i am called|i'm called|call me|ich heiße|je m'appelle|me llamo)\s+([^\s.,!?;]+(?: [A-ZÀ-Þ][^\s.,!?;]*)*)/giu,
    read: ownName,
  },
  { pattern: /(?:我叫|我的名字(?:是|叫))\s*([^\s，。！？,.!?]+)/gu, read: ownName },
  { pattern: /私の名前は\s*([^\s。、！？]+?)(?:です|だ|。|$)/gu, read: ownName },
  {
    pattern:
      /\b(my|our)\s+([\p{L}][\p{L}\p{N} _-]{0,40}?)\s+(?:is|are|=)\s+([^\n]+?)(?=[.!?;]?(?:\s+(?:and|but)\s+(?:the|my|our|i)\b|\s*$|[.!?;]\s|,\s+(?:and\s+)?(?:the|my|our|i)\b|\n))/giu,
    read: ([, , subject = '', value = '']) => fact(subject, value, true),
  },
  {
    pattern:
      /\b(?:the)\s+([\p{L}][\p{L}\p{N} _-]{0,40}?)\s+(?:is|are|=)\s+([^\n]+?)(?=[.!?;]?(?:\s+(?:and|but)\s+(?:the|my|our|i)\b|\s*$|[.!?;]\s|,\s+(?:and\s+)?(?:the|my|our|i)\b|\n))/giu,
    read: ([, subject = '', value = '']) => fact(subject, value, false),
  },
  {
    pattern: /(?:^|[，。！？,.!?\s])(我的)?([\p{Script=Han}A-Za-z]{1,8})是\s*([^，。！？,!?\s]+)/gu,
    read: ([, own, subject = '', value = '']) => fact(subject, value, own !== undefined),
  },
  {
    pattern:
      /(?:^|[。、！？\s])(私の)?([\p{Script=Han}\p{Script=Katakana}ーA-Za-z]{1,12})は\s*([^。、！？\s]+?)(?:です|だ)(?=[。、！？\s]|$)/gu,
    read: ([, own, subject = '', value = '']) => fact(subject, value, own !== undefined),
  },
];

/** All that a message states, in no question. A later statement about the same thing replaces an earlier one. */
function factsIn(message: string): readonly Fact[] {
  // Pasted text and code are not told about oneself.
  if (message.length > 500 || isQuestion(message)) return [];
  return statements
    .flatMap(({ pattern, read }) => [...message.matchAll(pattern)].map((found) => read(found)))
    .filter(({ subject, value }) => subject !== '' && value !== '' && !/^(?:什么|谁|何|多少|哪)/u.test(value));
}

/** The latest value of each thing in a list of messages. */
export function knownFacts(messages: readonly string[]): readonly Fact[] {
  const facts = new Map<string, Fact>();
  for (const told of messages.flatMap(factsIn)) {
    facts.delete(told.subject);
    facts.set(told.subject, told);
  }
  return [...facts.values()];
}

/** The thing that a question asks for, or undefined if it is no such question. */
export function askedSubject(message: string): string | undefined {
  const text = message.trim();
  if (/^who am i\b|我是谁|私は誰/iu.test(text)) return 'name';
  if (/(?:我叫什么|我的名字是什么|我叫啥)/u.test(text) || /私の名前は(?:何|なん)/u.test(text)) return 'name';
  const english =
    /\b(?:what|which|where|when|who)(?:'s| is| are| was)\s+(?:my|the|our)\s+([\p{L}][\p{L}\p{N} _-]*?)\s*(?:again|now|\?|$|,)/iu.exec(
      text,
    ) ??
    /\b(?:what|which)\s+([\p{L}][\p{L}\p{N}_-]*)\s+(?:did i|do i|is it|was it|should|are we)/iu.exec(text) ??
    /\b(?:do you (?:know|remember)|tell me|remember)\s+(?:my|the|our)\s+([\p{L}][\p{L}\p{N} _-]*?)\s*(?:\?|$|\.)/iu.exec(
      text,
    );
  const other =
    /(?:我的)?([\p{Script=Han}A-Za-z]{1,8}?)(?:是)?(?:多少|什么|几|谁)(?:号|呢)?\s*[?？]?$/u.exec(text) ??
    /(?:私の)?([\p{Script=Han}\p{Script=Katakana}ーA-Za-z]{1,12})は(?:何|なん|いくつ|いくら|誰|どこ)/u.exec(text);
  const subject = (english ?? other)?.[1];
  return subject === undefined ? undefined : normalized(subject);
}

function isQuestion(message: string): boolean {
  return /[?？]\s*$|^\s*(?:what|who|where|when|which|how|why|do you|can you)\b|ですか。?\s*$|吗。?\s*$/iu.test(message);
}

function ownName([, value = '']: readonly string[]): Fact {
  return fact('name', value, true);
}

function fact(subject: string, value: string, isTheirs: boolean): Fact {
  return { subject: normalized(subject), value: value.trim().replace(/[.!;,。]+$/u, ''), isTheirs };
}

function normalized(subject: string): string {
  const plain = subject.trim().toLowerCase();
  return plain === '名字' || plain === '名前' ? 'name' : plain;
}
