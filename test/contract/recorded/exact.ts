import type { WireAnswer } from '../../support/likeness.ts';

/** What of an answer must be equal to the letter. */
export interface ExactAnswer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly pings: number;
  readonly ended: string | undefined;
}

/** What two servers answered to the same request. */
interface Answers<Answer> {
  readonly theirs: Answer;
  readonly ours: Answer;
}

/**
 * Answers without what differs each time: times, counts, names of requests and hosts. Ids and signed links are numbered as they come, for
 * either server, so what is the same thing in one answer must be the same in all.
 */
export function exactAnswers(pairs: readonly Answers<WireAnswer>[]): readonly Answers<ExactAnswer>[] {
  const [there, here] = [numbering(), numbering()];
  return pairs.map(({ ours, theirs }) => {
    const exact = theirs.body.includes(madeUpTitle) ? withoutNames : (unchanged: string) => unchanged;
    return {
      theirs: exactAnswer(theirs, exact(theirs.body.replaceAll(identifier, there))),
      ours: exactAnswer(ours, exact(ours.body.replaceAll(identifier, here))),
    };
  });
}

function numbering(): (id: string) => string {
  const numbers = new Map<string, number>();
  return (id) => {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return `#${number}`;
  };
}

function exactAnswer({ ended, headers, status }: WireAnswer, body: string): ExactAnswer {
  return { status, headers: comparedHeaders(headers), ended, ...comparedBody(body) };
}

/** The recorded model had its own way to make up titles. */
const madeUpTitle = '"name":"About ';

function withoutNames(text: string): string {
  return text.replaceAll(/"name":"[^"]*"/g, '"name":"N"');
}

/** Of links, things, and forms. */
const identifier =
  /timestamp=\d+&nonce=[0-9a-f]{32}&sign=[\w%=-]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-z]{22}\b/gi;

const compared =
  /^(?:content-type|content-disposition|cache-control|accept-ranges|www-authenticate|vary|allow|location|x-version|x-env|access-control-.*)$/;

function comparedHeaders(headers: WireAnswer['headers']): Readonly<Record<string, string>> {
  const pairs = [...headers].map(([name, value]) => [name.toLowerCase(), withoutHost(value)] as const);
  return Object.fromEntries(pairs.filter(([name]) => compared.test(name)));
}

const ping = 'event: ping\n\n';

/** How many pings came is compared, not where among the events. */
function comparedBody(text: string): { readonly body: string; readonly pings: number } {
  const frames = text.split(/(?<=\n\n)/);
  const body = frames
    .filter((frame) => frame !== ping)
    .join('')
    .replaceAll(/("(?:created_at|updated_at|prompt_tokens|completion_tokens|total_tokens|pid)": ?)[1-9]\d*/g, '$1N')
    .replaceAll(/("latency": ?)[\d.e-]+/g, '$1N')
    .replaceAll(/"filename":"[0-9a-f]{32}\./g, '"filename":"N.')
    .replaceAll(/req_id: [0-9a-f]{10}/g, 'req_id: N')
    .replace(/^\{"limit".*$/m, sortedRows);
  return { body: withoutHost(body), pings: frames.filter((frame) => frame === ping).length };
}

/** Rows of one second come in any order. */
function sortedRows(list: string): string {
  const { data } = JSON.parse(list.replaceAll(':N', ':0')) as { readonly data: readonly unknown[] };
  const rows = data.map((row) => JSON.stringify(row)).toSorted();
  return list.replace(/"data":.*/, rows.join('\n'));
}

function withoutHost(text: string): string {
  return text.replaceAll(/127\.0\.0\.1:50\d\d/g, 'HOST');
}
