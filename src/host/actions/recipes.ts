import { t } from '../words.ts';

/** Something done to the selected text: how it is called, and what it asks of an app. One row here is one action. */
export interface Recipe {
  readonly id: string;
  /** The command in the palette and in the menu. */
  readonly command: string;
  /** What it is called in a list. */
  readonly title: () => string;
  /** Title of the result for a file, like "Summary of notes.md". */
  readonly resultTitle: (file: string) => string;
  /** Shown while it runs. */
  readonly progress: (file: string, app: string) => string;
  /** Whether it wants an app that asks for a target language. */
  readonly wantsLanguage: boolean;
}

export const recipes: readonly Recipe[] = [
  {
    id: 'summarize',
    command: 'difyCompanion.actions.summarize',
    title: () => t('Summarize'),
    resultTitle: (file) => t('Summary of {file}', { file }),
    progress: (file, app) => t('{app} summarizes {file}', { app, file }),
    wantsLanguage: false,
  },
  {
    id: 'translate',
    command: 'difyCompanion.actions.translate',
    title: () => t('Translate'),
    resultTitle: (file) => t('Translation of {file}', { file }),
    progress: (file, app) => t('{app} translates {file}', { app, file }),
    wantsLanguage: true,
  },
];
