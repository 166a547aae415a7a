import type { DifyClient } from './client.ts';
import { numeric, objects, text, type Fields } from './json.ts';

/** A question with the answer that the app's owner wrote for it. Annotations are an owner's tool: a key opens all of the app's. */
export interface Annotation {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  /** How often it answered. */
  readonly hit_count: number;
  /** Whole seconds since 1970. */
  readonly created_at: number;
}

export interface AnnotationsPage {
  readonly annotations: readonly Annotation[];
  readonly total: number;
  readonly hasMore: boolean;
}

/**
 * A page of 100 annotations.
 *
 * @param query `page` from 1 on; `keyword` to be found in question or answer
 * @throws {DifyError}
 * @see https://docs.dify.ai/en/api-reference/annotations/list-annotations
 */
export async function getAnnotations(
  client: DifyClient,
  { page = 1, keyword = '' }: { readonly page?: number; readonly keyword?: string },
  signal: AbortSignal,
): Promise<AnnotationsPage> {
  const query = { page: String(page), limit: '100', ...(keyword === '' ? {} : { keyword }) };
  const { fields } = await client.get('/apps/annotations', query, signal);
  return {
    annotations: objects(fields, 'data').map(readAnnotation),
    total: numeric(fields, 'total') ?? 0,
    hasMore: fields['has_more'] === true,
  };
}

/** What an annotation says. */
export type AnnotationText = Pick<Annotation, 'question' | 'answer'>;

/** @throws {DifyError} @see https://docs.dify.ai/en/api-reference/annotations/create-annotation */
export async function createAnnotation(
  client: DifyClient,
  { question, answer }: AnnotationText,
  signal: AbortSignal,
): Promise<Annotation> {
  const { fields } = await client.post('/apps/annotations', { question, answer }, signal);
  return readAnnotation(fields);
}

/** @throws {DifyError} `notFound` @see https://docs.dify.ai/en/api-reference/annotations/update-annotation */
export async function updateAnnotation(
  client: DifyClient,
  { id, question, answer }: AnnotationText & { readonly id: string },
  signal: AbortSignal,
): Promise<Annotation> {
  const { fields } = await client.put(`/apps/annotations/${encodeURIComponent(id)}`, { question, answer }, signal);
  return readAnnotation(fields);
}

/** @throws {DifyError} @see https://docs.dify.ai/en/api-reference/annotations/delete-annotation */
export async function deleteAnnotation(client: DifyClient, id: string, signal: AbortSignal): Promise<void> {
  await client.delete(`/apps/annotations/${encodeURIComponent(id)}`, signal);
}

/** How the app answers from its annotations. */
export interface AnnotationReplySettings {
  /** From 0 to 1: how alike a question has to be. */
  readonly score_threshold: number;
  readonly embedding_provider_name: string;
  readonly embedding_model_name: string;
}

/** The server's work on switching the reply on or off. */
export interface AnnotationReplyJob {
  readonly job_id: string;
  /** `waiting`, `processing`, `completed`, `error`. */
  readonly job_status: string;
  readonly error_msg: string;
}

/**
 * Lets the app answer from its annotations, or no more; the server works on it for a while.
 *
 * @throws {DifyError}
 * @see https://docs.dify.ai/en/api-reference/annotations/configure-annotation-reply
 */
export async function setAnnotationReply(
  client: DifyClient,
  action: 'enable' | 'disable',
  settings: AnnotationReplySettings,
  signal: AbortSignal,
): Promise<AnnotationReplyJob> {
  const { fields } = await client.post(`/apps/annotation-reply/${action}`, { ...settings }, signal);
  return readJob(fields);
}

/**
 * How far that work is.
 *
 * @throws {DifyError} `rejected` if there is no such job
 * @see https://docs.dify.ai/en/api-reference/annotations/get-annotation-reply-job-status
 */
export async function getAnnotationReplyJob(
  client: DifyClient,
  action: 'enable' | 'disable',
  jobId: string,
  signal: AbortSignal,
): Promise<AnnotationReplyJob> {
  const path = `/apps/annotation-reply/${action}/status/${encodeURIComponent(jobId)}`;
  return readJob((await client.get(path, {}, signal)).fields);
}

function readAnnotation(fields: Fields): Annotation {
  return {
    id: text(fields, 'id') ?? '',
    question: text(fields, 'question') ?? '',
    answer: text(fields, 'answer') ?? '',
    hit_count: numeric(fields, 'hit_count') ?? 0,
    created_at: numeric(fields, 'created_at') ?? 0,
  };
}

function readJob(fields: Fields): AnnotationReplyJob {
  return {
    job_id: text(fields, 'job_id') ?? '',
    job_status: text(fields, 'job_status') ?? '',
    error_msg: text(fields, 'error_msg') ?? '',
  };
}
