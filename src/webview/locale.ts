import { translator } from './strings.ts';

/** The page's language: VS Code's display language, which the host writes into the document. */
export const language = document.documentElement.lang || 'en';

/** The texts of the page in its language. */
export const t = translator(language);
