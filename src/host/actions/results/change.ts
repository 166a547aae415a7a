import type { ResultRequest } from '../../../conversation/result.ts';

const instructionName = /instruct|prompt|command|task|要求|指令|指示|提示/i;

/** The request with what the person wants to be different: at the end of the question, of the instruction, or else of the longest text. */
export function withChange(request: ResultRequest, change: string): ResultRequest {
  if (request.query !== '') return { ...request, query: appended(request.query, change) };
  const texts = Object.entries(request.inputs).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const longest = texts.toSorted(([, a], [, b]) => b.length - a.length)[0];
  const [name, text] = texts.find(([variable]) => instructionName.test(variable)) ?? longest ?? [];
  if (name === undefined || text === undefined) return request;
  return { ...request, inputs: { ...request.inputs, [name]: appended(text, change) } };
}

/** What was changed in one request, changed in the others of the job too: their own texts stay. */
export function changedAlike(
  before: ResultRequest,
  after: ResultRequest,
  others: readonly ResultRequest[],
): readonly ResultRequest[] {
  return others.map((other) =>
    other === before
      ? after
      : {
          inputs: Object.fromEntries(
            Object.entries({ ...other.inputs, ...after.inputs }).map(([name, value]) => [
              name,
              changedText(before.inputs[name], value, other.inputs[name]),
            ]),
          ),
          query: String(changedText(before.query, after.query, other.query)),
          files: other.files,
        },
  );
}

/** What was appended is appended here too, what is new is taken, what is the same stays. */
function changedText(before: unknown, after: unknown, own: unknown): unknown {
  if (JSON.stringify(before) === JSON.stringify(after)) return own;
  if (own === undefined || JSON.stringify(own) === JSON.stringify(before)) return after;
  const areTexts = typeof before === 'string' && typeof after === 'string' && typeof own === 'string';
  return areTexts && after.startsWith(before) ? own + after.slice(before.length) : after;
}

function appended(text: string, change: string): string {
  return `${text.trimEnd()}\n\n${change}`;
}
