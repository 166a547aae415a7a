import { notFound } from './http/errors.ts';
import { emptyResponse, restResponse } from './http/responses.ts';
import { checkedQuery } from './http/paging.ts';
import { seconds } from './clock.ts';
import type { Call, Route } from './routes.ts';
import { isNumber, isString, validate, wholeNumber } from './http/schema.ts';
import { appUnavailable } from './http/errors.ts';

/** An answer that the app's owner has written for a question. */
export interface Annotation {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly hitCount: number;
  /** Whole seconds. */
  readonly createdAt: number;
}

/** The annotations of one app; they answer only while that is switched on. */
export class Annotations {
  isEnabled: boolean;
  readonly #byId = new Map<string, Annotation>();

  constructor(isEnabled: boolean) {
    this.isEnabled = isEnabled;
  }

  set(annotation: Annotation): void {
    this.#byId.set(annotation.id, annotation);
  }

  find(id: string): Annotation | undefined {
    return this.#byId.get(id);
  }

  delete(id: string): boolean {
    return this.#byId.delete(id);
  }

  /** Newest first. */
  all(): readonly Annotation[] {
    return [...this.#byId.values()].toReversed();
  }

  /** The annotation that answers the question. The real server compares meanings; here letters and digits count. */
  hit(query: string): Annotation | undefined {
    if (!this.isEnabled) return undefined;
    const found = this.all().find(({ question }) => bare(question) === bare(query));
    if (found !== undefined) this.set({ ...found, hitCount: found.hitCount + 1 });
    return found;
  }
}

function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

const owner = { user: 'none', wrongMode: appUnavailable } as const;
const one = '/v1/apps/annotations/<uuid:annotation_id>';
const reply = '/v1/apps/annotation-reply/<string:action>';

/** What an app's key opens of its annotations: for its owner, not for those who chat. */
export const annotationRoutes: readonly Route[] = [
  { ...owner, method: 'GET', path: '/v1/apps/annotations', answer: listAnnotations },
  { ...owner, method: 'POST', path: '/v1/apps/annotations', user: 'body', answer: createAnnotation },
  { ...owner, method: 'PUT', path: one, user: 'body', answer: updateAnnotation },
  { ...owner, method: 'DELETE', path: one, answer: deleteAnnotation },
  { ...owner, method: 'POST', path: reply, user: 'body', answer: switchReply },
  { ...owner, method: 'GET', path: `${reply}/status/<uuid:job_id>`, answer: switchStatus },
];

function listAnnotations(call: Call): Response {
  const query = checkedQuery(call, 'AnnotationListQuery', [
    { name: 'page', check: wholeNumber(1, Infinity) },
    { name: 'limit', check: wholeNumber(1, Infinity) },
    { name: 'keyword', check: isString },
  ]);
  const page = Number(query.get('page') ?? 1);
  const limit = Math.min(Number(query.get('limit') ?? 20), 100);
  const keyword = (query.get('keyword') ?? '').toLowerCase();
  const found = annotationsOf(call)
    .all()
    .filter(({ answer, question }) => `${question}\n${answer}`.toLowerCase().includes(keyword));
  const rows = found.slice((page - 1) * limit, page * limit);
  return restResponse({
    data: rows.map(item),
    has_more: rows.length === limit,
    limit,
    total: found.length,
    page,
  });
}

function createAnnotation(call: Call): Response {
  const { server } = call;
  const words = wordsOf(call);
  const annotation = { id: server.uuid(), ...words, hitCount: 0, createdAt: seconds(server.clock.now()) };
  annotationsOf(call).set(annotation);
  return restResponse(item(annotation), 201);
}

function updateAnnotation(call: Call): Response {
  const words = wordsOf(call);
  const annotations = annotationsOf(call);
  const known = annotations.find(call.parameters[0] ?? '');
  if (known === undefined) throw notFound('Annotation not found');
  const annotation = { ...known, ...words };
  annotations.set(annotation);
  return restResponse(item(annotation));
}

function deleteAnnotation(call: Call): Response {
  if (!annotationsOf(call).delete(call.parameters[0] ?? '')) throw notFound('Annotation not found');
  return emptyResponse();
}

/** The real server builds an index meanwhile; here it is done at once. */
function switchReply(call: Call): Response {
  const { body, parameters, server } = call;
  validate(replyPayload, body, server.generation.pydantic);
  annotationsOf(call).isEnabled = parameters[0] === 'enable';
  return restResponse({ job_id: server.uuid(), job_status: 'waiting' });
}

function switchStatus({ parameters }: Call): Response {
  return restResponse({ job_id: parameters[1], job_status: 'completed', error_msg: '' });
}

/** The annotations of the app that the call names. */
export function annotationsOf({ app, server }: Pick<Call, 'app' | 'server'>): Annotations {
  const known = server.annotations.get(app.key);
  if (known !== undefined) return known;
  const made = new Annotations(app.annotations !== undefined);
  for (const { answer, question } of app.annotations ?? []) {
    made.set({ id: server.uuid(), question, answer, hitCount: 0, createdAt: seconds(server.clock.now()) });
  }
  server.annotations.set(app.key, made);
  return made;
}

function wordsOf({ body, server }: Call): Pick<Annotation, 'question' | 'answer'> {
  validate(annotationPayload, body, server.generation.pydantic);
  return { question: String(body['question']), answer: String(body['answer']) };
}

function item({ answer, createdAt, hitCount, id, question }: Annotation): object {
  return { id, question, answer, hit_count: hitCount, created_at: createdAt };
}

const annotationPayload = {
  name: 'AnnotationCreatePayload',
  fields: [
    { name: 'question', required: true, check: isString },
    { name: 'answer', required: true, check: isString },
  ],
};

const replyPayload = {
  name: 'AnnotationReplyActionPayload',
  fields: [
    { name: 'score_threshold', required: true, check: isNumber },
    { name: 'embedding_provider_name', required: true, check: isString },
    { name: 'embedding_model_name', required: true, check: isString },
  ],
};
