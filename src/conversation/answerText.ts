import type { StreamEvent } from '../dify/events.ts';
import { isFields, text, type Fields } from '../dify/json.ts';
import type { RunEvent } from './run.ts';

type TextEvent = Extract<RunEvent, { readonly type: 'textAppended' | 'textReplaced' }>;

/**
 * Puts the text of an answer together. The sum of the pieces is only a preview: Dify streams text ahead of nodes that are never
 * reached, repeats itself after a pause, and may replace everything at the end.
 */
export class AnswerText {
  #text: string;
  /** Whether this stream goes on where another one was lost: then its first replacement is a snapshot. */
  readonly #attached: boolean;
  #inPieces = false;
  #moderated = false;
  /** How much of the text has come a second time, since the run was resumed; `undefined` when it is told anew. */
  #repeated: number | undefined;

  /** @param shown what is shown already, of a stream that goes on where another one was lost */
  constructor(shown: string | undefined) {
    this.#text = shown ?? '';
    this.#attached = shown !== undefined;
  }

  /** What the event does to the text, if anything. */
  change(event: StreamEvent): TextEvent | undefined {
    switch (event.event) {
      case 'agent_message':
        this.#inPieces = true;
        return this.#append(event.answer);
      case 'message':
        // Where the answer came as agent_message, one closing message repeats all of it.
        return this.#inPieces && event.answer !== '' ? this.#replace(event.answer) : this.#append(event.answer);
      case 'text_chunk':
        return this.#append(event.text);
      case 'text_replace':
        return this.#replace(event.text);
      case 'message_replace':
        return this.#moderate(event.answer, event.reason);
      case 'workflow_started':
        if (event.reason === 'resumption') this.#repeated = 0;
        return undefined;
      case 'workflow_finished':
        return this.#finish(event.status, event.outputs);
      default:
        return undefined;
    }
  }

  #append(piece: string): TextEvent | undefined {
    const told = this.#repeated;
    if (told === undefined || piece === '') return this.#take(piece);
    // Dify 1.14 streams what it said before the pause again: as long as it does, nothing is new.
    if (told < this.#text.length && this.#text.startsWith(piece, told)) {
      this.#repeated = told + piece.length;
      return undefined;
    }
    this.#repeated = undefined;
    const rest = this.#text.slice(told);
    if (piece.startsWith(rest)) return this.#take(piece.slice(rest.length));
    // It was no repetition but began like one.
    return this.#take(this.#text.slice(0, told) + piece);
  }

  #take(piece: string): TextEvent {
    this.#text += piece;
    return { type: 'textAppended', text: piece };
  }

  #replace(whole: string): TextEvent {
    this.#text = whole;
    return { type: 'textReplaced', text: whole };
  }

  /** An empty replacement begins the snapshot of a running chatflow: it must not wipe what is shown. */
  #moderate(whole: string, reason: string): TextEvent | undefined {
    if (whole === '') return undefined;
    if (this.#attached && reason === '') return whole.length > this.#text.length ? this.#replace(whole) : undefined;
    this.#moderated = true;
    return this.#replace(whole);
  }

  #finish(status: string, outputs: Fields): TextEvent | undefined {
    if (this.#moderated) return undefined;
    const succeeded = status === 'succeeded' || status === 'partial-succeeded';
    // What a run came to that failed or was stopped is often less than was shown.
    if (!succeeded && this.#text !== '') return undefined;
    // What was streamed of several outputs is all of them, unless it was streamed while nobody listened.
    const streamed = this.#text !== '' && !this.#attached;
    const whole = answerIn(outputs) ?? (streamed ? '' : joined(outputs));
    return whole === '' || whole === this.#text ? undefined : this.#replace(whole);
  }
}

/** The one text in the outputs: the answer of a chatflow, or a workflow's only output beside files, which are shown as files. */
function answerIn(outputs: Fields): string | undefined {
  const names = Object.keys(outputs).filter((name) => name !== 'files' && !isFile(outputs[name]));
  return names.length === 1 && names[0] !== undefined ? text(outputs, names[0]) : undefined;
}

/** Several outputs as Dify itself streams them: a line each, a list as a list, what is no text as indented JSON. */
function joined(outputs: Fields): string {
  const values = Object.values(outputs).filter((value) => value !== null && !isFile(value));
  return values.map(asText).join('\n');
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return JSON.stringify(value, null, 2);
  return value.map((item: unknown) => `- ${typeof item === 'string' ? item : JSON.stringify(item)}`).join('\n');
}

function isFile(value: unknown): boolean {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return isFields(first) && first['dify_model_identity'] !== undefined;
}
