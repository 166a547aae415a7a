/** A flag is drawn as one picture, though its letters are hidden ones. */
const flags = /\u{1F3F4}[\u{E0020}-\u{E007E}]+\u{E007F}/gu;
const hidden = /[\u200B\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;

/**
 * How many characters of the text nobody sees, though they carry words or turn the order of others around. Joiners are none of them:
 * scripts and emoji need them. VS Code marks such characters in code, but not in Markdown and plain text.
 */
export function countHidden(text: string): number {
  return text.replaceAll(flags, '').match(hidden)?.length ?? 0;
}
