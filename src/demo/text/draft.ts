import { SentFile } from '../files/store.ts';
import type { Inputs } from '../history/store.ts';
import { sentencesOf } from './sentences.ts';
import { tellingSentences } from './summary.ts';

/** The kinds of text that the demo's writer knows. */
export const draftKinds = ['Letter', 'Note', 'Checklist'] as const;

/** A text in Markdown, put together from a form: says what it was given, and makes nothing up. */
export function draftOf(inputs: Inputs): string {
  const topic = textOf(inputs['topic']) || 'Untitled';
  const kind = textOf(inputs['kind']) || 'Note';
  const points = pointsOf(textOf(inputs['points']), Number(inputs['length'] ?? 5));
  const body = kind === 'Letter' ? points.join(' ') : points.map((point) => bullet(kind, point)).join('\n');
  return [
    `## ${topic}`,
    ...(inputs['greeting'] === true ? ['Hello,'] : []),
    body || 'There are no points to write about.',
    ...factsOf(inputs['facts']),
    ...attachmentsOf([inputs['source'], inputs['attachments']].flat().filter((file) => file instanceof SentFile)),
    ...(inputs['greeting'] === true ? ['Kind regards'] : []),
    '*A demo: put together from the form, without a language model.*',
  ].join('\n\n');
}

function bullet(kind: string, point: string): string {
  return kind === 'Checklist' ? `- [ ] ${point}` : `- ${point}`;
}

/** Each line is a point, made a sentence. */
function pointsOf(text: string, most: number): readonly string[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.slice(0, Math.max(1, most)).map((line) => (/[.!?。！？:]$/.test(line) ? line : `${line}.`));
}

function factsOf(facts: unknown): readonly string[] {
  const entries = Object.entries(objectIn(facts));
  if (entries.length === 0) return [];
  return [
    ['| Fact | Value |', '| --- | --- |', ...entries.map(([name, value]) => `| ${cell(name)} | ${cell(value)} |`)].join(
      '\n',
    ),
  ];
}

function cell(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('|', String.raw`\|`);
}

/** An older server has the object as text. */
function objectIn(facts: unknown): object {
  try {
    const value: unknown = typeof facts === 'string' ? JSON.parse(facts) : facts;
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function attachmentsOf(files: readonly SentFile[]): readonly string[] {
  if (files.length === 0) return [];
  return ['Attached:', files.map((file) => `- ${file.filename}${saidIn(file)}`).join('\n')];
}

/** The most telling sentence of a text file. */
function saidIn({ mimeType, place }: SentFile): string {
  if (place.transferMethod === 'remote_url') return ', which the demo does not fetch';
  if (!mimeType.startsWith('text/')) return ` (${place.file.bytes.length} bytes)`;
  const text = new TextDecoder().decode(place.file.bytes);
  const [sentence] = tellingSentences(sentencesOf(text, 'en'), 'en');
  return sentence === undefined ? '' : `: ${sentence}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
