import type { Message } from './conversation.ts';
import * as v from 'valibot';
import type { Fields } from '../dify/json.ts';
import { isFields } from '../dify/json.ts';
import type { Rating } from '../dify/feedback.ts';
import type { Failure, Translate } from './failure.ts';
import { outputs, type Recipe } from './recipe.ts';
import { reduceRun } from './reduceRun.ts';
import { idsOf, type CutAnswer } from './rest.ts';
import { isEnded, newRun, type Run, type RunEvent } from './run.ts';
import { restoreRun, type Cut } from './stored.ts';
import { storedRun } from './storedRun.ts';

/** What an action made of a text: which recipe and app, of what, and the answers. */
export interface Result {
  /** Unique; those made later sort later. */
  readonly id: string;
  readonly recipe: Recipe;
  readonly app: ResultApp;
  readonly source: ResultSource;
  /** At least one, the newest last; not more than {@link keptAnswers}. */
  readonly answers: readonly Answer[];
}

/** The app as it was called then. */
export interface ResultApp {
  readonly id: string;
  readonly name: string;
  /** Dify's mode. */
  readonly mode: string;
}

/** The text that the action worked on, and where it stood. Lines and characters count from 0, as in VS Code. */
export interface ResultSource {
  readonly uri: string;
  readonly languageId: string;
  /** Name of the file, without its folder. */
  readonly file: string;
  /** Like `docs/notes.md:3-9`, for people. */
  readonly place: string;
  /** One for each selection; at least one. */
  readonly parts: readonly ResultPart[];
}

export interface ResultPart {
  readonly start: ResultPosition;
  readonly end: ResultPosition;
  readonly text: string;
}

export interface ResultPosition {
  readonly line: number;
  readonly character: number;
}

/** One time that the app was asked. */
export interface Answer {
  /** Milliseconds since 1970. */
  readonly askedAt: number;
  /** One for each part of the source. */
  readonly parts: readonly AnswerPart[];
}

/** What the app was asked for one part of the source, and what it answered. */
export interface AnswerPart {
  readonly request: ResultRequest;
  readonly run: Run;
  /** Dify's, of an app that keeps conversations. */
  readonly conversationId: string | undefined;
  readonly rating: Rating | undefined;
}

export interface ResultRequest {
  readonly inputs: Fields;
  readonly query: string;
  readonly files: readonly Fields[];
}

/** So many answers are kept of one result. */
export const keptAnswers = 3;

/** What is asked, before a word of the answer. */
export function newAnswer(requests: readonly ResultRequest[], askedAt: number): Answer {
  const parts = requests.map((request) => ({ request, run: newRun, conversationId: undefined, rating: undefined }));
  return { askedAt, parts };
}

/** The result with one answer more; the oldest one gives way, and so does a last one of which nothing came. */
export function withAnswer(result: Result, answer: Answer): Result {
  const last = result.answers.at(-1);
  const kept = last?.parts.every(({ run }) => run.text === '') ? result.answers.slice(0, -1) : result.answers;
  return { ...result, answers: [...kept, answer].slice(-keptAnswers) };
}

/** The result after something happened to a part of its newest answer; one that is not there changes nothing. */
export function withEvent(result: Result, part: number, event: RunEvent): Result {
  return withPart(result, result.answers.length - 1, part, (before) => ({
    ...before,
    run: reduceRun(before.run, event),
    conversationId: (event.type === 'started' ? event.conversationId : undefined) ?? before.conversationId,
  }));
}

/** The result with the rating of every part of the answer that can have one. */
export function withRating(result: Result, index: number, rating: Rating | undefined): Result {
  const answer = result.answers[index];
  if (answer === undefined) return result;
  const parts = answer.parts.map((part) => (part.run.messageId === undefined ? part : { ...part, rating }));
  return { ...result, answers: result.answers.with(index, { ...answer, parts }) };
}

function withPart(result: Result, index: number, at: number, change: (part: AnswerPart) => AnswerPart): Result {
  const answer = result.answers[index];
  const part = answer?.parts[at];
  if (answer === undefined || part === undefined) return result;
  const parts = answer.parts.with(at, change(part));
  return { ...result, answers: result.answers.with(index, { ...answer, parts }) };
}

/** Whether nothing more comes of any part. */
export function isAnswered({ parts }: Answer): boolean {
  return parts.every(({ run }) => isEnded(run));
}

/** The question of an answer that waits for a form. Of several parts none is the conversation's: they know nothing of each other. */
export function waitingIn({ parts: [part, ...others], askedAt }: Answer): Message | undefined {
  if (part?.run.status.type !== 'paused' || others.length > 0) return undefined;
  const { request, run, rating } = part;
  const { query, inputs } = request;
  const asked = { query, typed: query, contexts: [], files: [], inputs, askedAt, again: undefined, forgotten: false };
  return { key: run.runId ?? crypto.randomUUID(), ...asked, run, rating };
}

/** A part of the result as one that was cut off. @param askedAt milliseconds since 1970 */
export function cutOf(part: AnswerPart, askedAt: number, { answers }: Pick<Result, 'answers'>): CutAnswer {
  const { request, run, conversationId } = part;
  const others = answers.flatMap(({ parts }) => parts).filter((other) => other !== part);
  const { query, inputs } = request;
  return { query, inputs, askedAt, run, conversationId, others: idsOf(others.map((other) => other.run)) };
}

/** Whether the rest of an answer may be there by now: then it is fetched, and not asked for again. */
export function canBeFetched({ run: { status } }: Pick<AnswerPart, 'run'>): boolean {
  return status.type === 'incomplete' && status.failure.remedy === 'fetchRest';
}

/** What was asked, part by part. */
export function requestsIn({ parts }: Answer): readonly ResultRequest[] {
  return parts.map(({ request }) => request);
}

/** Why a part came to nothing; `undefined` if none did. */
export function failureIn({ parts }: Answer): Failure | undefined {
  for (const { run } of parts) if (run.status.type === 'failed') return run.status.failure;
  return undefined;
}

/** Title of the result, like "Summary of notes.md". */
export function titleOf({ recipe, source }: Pick<Result, 'recipe' | 'source'>): string {
  return recipe.resultTitle.replace('{file}', () => source.file);
}

const text = v.string();
/** Not a record: that leaves out members with names like `constructor`. */
const fields = v.custom<Fields>(isFields);
const texts = v.custom<Readonly<Record<string, string>>>(
  (value) => isFields(value) && Object.values(value).every((item) => typeof item === 'string'),
);
const position = v.object({ line: v.number(), character: v.number() });

const recipe = v.object({
  id: text,
  title: text,
  resultTitle: text,
  instruction: text,
  targetLanguage: v.optional(text),
  output: v.picklist(outputs),
  inputs: texts,
  app: v.optional(text),
});

const part = v.object({
  request: v.object({ inputs: fields, query: text, files: v.array(fields) }),
  run: storedRun,
  conversationId: v.optional(text),
  rating: v.optional(v.picklist(['like', 'dislike'])),
});

const answerSchema = v.object({ askedAt: v.number(), parts: v.pipe(v.array(part), v.minLength(1)) });

/** `version` rises when the shape changes in a way that older code cannot read. */
const stored = v.object({
  version: v.literal(1),
  id: text,
  recipe,
  app: v.object({ id: text, name: text, mode: text }),
  source: v.object({
    uri: text,
    languageId: text,
    file: text,
    place: text,
    parts: v.pipe(v.array(v.object({ start: position, end: position, text })), v.minLength(1)),
  }),
  answers: v.pipe(v.array(answerSchema), v.minLength(1)),
});

/** The result as text for a file. */
export function storeResult(result: Result): string {
  return JSON.stringify({ version: 1, ...result });
}

/**
 * The result in what {@link storeResult} wrote, or `undefined` if it is not one.
 *
 * @param cutIn what is said of an answer of this app that was running then
 */
export function restoreResult(json: unknown, t: Translate, cutIn: (app: ResultApp) => Cut): Result | undefined {
  const { success, output } = v.safeParse(stored, json);
  if (!success) return undefined;
  const { version: _, ...result } = output;
  return {
    ...result,
    recipe: { ...result.recipe, targetLanguage: result.recipe.targetLanguage, app: result.recipe.app },
    answers: result.answers.map((answer) => ({
      ...answer,
      parts: answer.parts.map((each) => restorePart(each, t, cutIn(result.app))),
    })),
  };
}

function restorePart(kept: v.InferOutput<typeof part>, t: Translate, cut: Cut): AnswerPart {
  const { request, run, conversationId, rating } = kept;
  return { request, run: restoreRun(run, t, cut), conversationId, rating };
}
