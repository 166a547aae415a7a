import type { Exchange } from '../../src/demo/turns/textSource.ts';
import { type LabApp, labApp } from './labApp.ts';

/** Words that do not pass, in questions or answers. */
export const labModeration = {
  keywords: ['forbidden', 'verboten'],
  inputPreset: 'I cannot talk about that.',
  outputPreset: 'The answer was withheld.',
} as const;

/** What an owner answers for the model. */
export const nameAnnotation = { question: 'What is your name?', answer: 'My name is **Annotated Answer** 🏷️.' };

/** Three questions, unless the conversation makes the model fail. */
export function labSuggestions(history: readonly Exchange[]): readonly string[] {
  if (history.some(({ answer, query }) => /\[\[err\d/.test(query + answer))) throw new Error('The model failed.');
  return ['What is the next step?', 'Can you give an example?', '如何开始？'];
}

export const moderatedChat = labApp(
  { key: 'app-LabModeratedChat00000001', name: 'Moderated chat', mode: 'chat', moderation: labModeration },
  { sensitive_word_avoidance: { enabled: true, type: 'keywords' } },
);

export const annotatedChat = labApp(
  {
    key: 'app-LabAnnotatedChat00000002',
    name: 'Annotated chat',
    mode: 'chat',
    annotations: [nameAnnotation],
  },
  { annotation_reply: { enabled: true } },
);

export const suggestingChat = labApp(
  { key: 'app-LabSuggestingChat0000003', name: 'Suggesting chat', mode: 'chat', suggest: labSuggestions },
  { suggested_questions_after_answer: { enabled: true } },
);

/** The lab's apps that look at what is asked and answered. */
export const guardedApps: readonly LabApp[] = [
  { app: moderatedChat, features: ['moderation'] },
  { app: annotatedChat, features: ['annotations'] },
  { app: suggestingChat, features: ['suggested-questions'] },
];
