import type { FromWebview } from '../conversation/fromWebview.ts';

declare function acquireVsCodeApi(): VsCodeApi;

interface VsCodeApi {
  postMessage(message: FromWebview): void;
  /** Kept by VS Code while the page is hidden, and over a reload of the window. */
  getState(): unknown;
  setState(state: unknown): void;
}

let host: VsCodeApi | undefined;

/** Tells the extension host what the person wants. */
export type Post = (message: FromWebview) => void;

/** VS Code gives its channel to a page once. */
export function connectToHost(): Post {
  const api = acquireVsCodeApi();
  host = api;
  return (message) => api.postMessage(message);
}

/** What the page itself remembers while it is hidden, by name. It is ours, but may be of another version. */
export const remembered = {
  get: (name: string): unknown => Object.getOwnPropertyDescriptor(state(), name)?.value,
  set: (name: string, value: unknown): void => host?.setState({ ...state(), [name]: value }),
};

function state(): object {
  const kept = host?.getState();
  return typeof kept === 'object' && kept !== null ? kept : {};
}
