import type { FromWebview } from '../conversation/fromWebview.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromWebview): void };

/** Tells the extension host what the person wants. */
export type Post = (message: FromWebview) => void;

/** VS Code gives its channel to a page once. */
export function connectToHost(): Post {
  const host = acquireVsCodeApi();
  return (message) => host.postMessage(message);
}
