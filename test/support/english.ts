import type { Translate } from '../../src/conversation/failure.ts';

/** The editor's `t`, in English. */
export const t: Translate = (message, args = {}) =>
  message.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => String(args[name] ?? placeholder));
