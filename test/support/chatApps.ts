import type { ChatApp } from '../../src/conversation/session.ts';

function notAsked(): never {
  throw new Error('Nobody asks for it');
}

/** An app that can be asked, and of which nothing else is wanted. */
export function askedOnly(ask: ChatApp['ask']): ChatApp {
  return {
    ask,
    rest: notAsked,
    attach: notAsked,
    detail: () => Promise.reject(new Error('Nobody asks for it')),
    history: () => Promise.reject(new Error('Nobody asks for it')),
    begunWith: () => Promise.resolve(undefined),
  };
}
