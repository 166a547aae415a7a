import type { App } from '../app.ts';

/** Whether the app can serve an action. */
export function fitsActions({ mode }: App): boolean {
  return mode === 'completion';
}
