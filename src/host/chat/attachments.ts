import { plainQuestion, type Question } from '../../conversation/session.ts';
import type { Contexts } from './context/contexts.ts';
import type { FormPart } from './form/formPart.ts';
import type { Waiting } from './queue.ts';
import type { Home } from './talk.ts';
import type { QuestionFiles } from './uploads/questionFiles.ts';

/** What goes along with a question, and before it. Another conversation than the question's may be shown by then. */
export interface Attachments {
  /** Whether the question may be asked now; if not, like before a form is filled in, its text stays in the composer. */
  ready(typed: string, home: Home): Promise<boolean>;
  /** Takes what is attached in the composer out of it, or reads again what once was; `query` is the text that is sent. */
  take(typed: string, home: Home, again?: Attached): Promise<Attached & Pick<Question, 'query'>>;
  /** Attaches again what was not sent. */
  giveBack(attached: Attached, home: Home): unknown;
}

/** What goes along with a question. */
export type Attached = Pick<Question, 'contexts' | 'files'>;

export const nothingAttached: Attached = { contexts: [], files: [] };

/** Nothing is attached, and nothing is asked for before. */
export const noAttachments: Attachments = {
  ready: () => Promise.resolve(true),
  take: (query) => Promise.resolve({ query, ...nothingAttached }),
  giveBack: () => {},
};

/** The form, what is attached as text, and the files. What is uploaded is waited for before the person is asked about secrets. */
export function attachmentsOf(
  form: Pick<FormPart, 'ready'>,
  contexts: Pick<Contexts, 'ready' | 'take' | 'giveBack'>,
  files: Pick<QuestionFiles, 'ready' | 'take' | 'giveBack'>,
): Attachments {
  return {
    ready: async (typed, home) =>
      (await form.ready(typed, home)) && (await files.ready(home)) && (await contexts.ready(home)),
    take: async (typed, home, again) => ({
      ...(await contexts.take(typed, home, again?.contexts)),
      files: again?.files ?? files.take(home),
    }),
    giveBack: (attached, home) => {
      contexts.giveBack(attached.contexts);
      files.giveBack(attached.files, home);
    },
  };
}

/** A question that waited for its turn, with what goes along: that of an earlier window has to be read again. */
export async function questionOf(waiting: Waiting, attachments: Attachments, home: Home): Promise<Question> {
  const { text, contexts, files, query } = waiting;
  const asked = query === undefined ? await attachments.take(text, home, waiting) : { query, contexts, files };
  return { ...plainQuestion(text), ...asked };
}
