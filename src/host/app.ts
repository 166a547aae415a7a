import * as v from 'valibot';
import { isRunApp } from '../conversation/runApps.ts';

/** A Dify app that the person connected. Its key is elsewhere: see `Keys`. */
const appSchema = v.object({
  /** Ours: several keys may open apps of one name. */
  id: v.string(),
  /** Address of the API without a trailing slash, like `https://api.dify.ai/v1`. */
  baseUrl: v.pipe(
    v.string(),
    v.check((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)),
  ),
  /** What it is called here. */
  name: v.string(),
  /** What Dify calls it, where the person gave it another name. */
  ownName: v.optional(v.string()),
  /** Dify's mode: `completion`, `chat`, `agent-chat`, `advanced-chat`, `workflow`, `agent`. */
  mode: v.string(),
  description: v.string(),
  /** One emoji, or ''. */
  emoji: v.string(),
  /** Version of the server when the app was connected, or ''. */
  version: v.string(),
  /** The published version of a chatflow or workflow that is run; the one published last if there is none. */
  pinnedVersion: v.optional(v.string()),
});

export type App = v.InferOutput<typeof appSchema>;

/** The apps in what was stored; what is not one is left out, and so is a second one of the same id. */
export function parseApps(stored: unknown): readonly App[] {
  const apps = Array.isArray(stored) ? stored.filter((item): item is App => v.is(appSchema, item)) : [];
  return [...new Map(apps.map((app) => [app.id, app])).values()];
}

/** Nothing answers there: the demo's server runs inside the extension, and its requests never leave it. */
export const demoOrigin = 'https://demo.invalid';

/** What the ids of the demo's apps begin with: whoever knows no more of an app keeps nothing of these. */
export const demoIdPrefix = 'demo:';

/** Whether the app is one of the demo. */
export function isDemo(app: Pick<App, 'baseUrl'>): boolean {
  return new URL(app.baseUrl).origin === demoOrigin;
}

/** Like `https://api.dify.ai`: what a key is bound to. */
export function originOf(app: App): string {
  return new URL(app.baseUrl).origin;
}

/** Host and port, for people. */
export function hostOf(app: App): string {
  return new URL(app.baseUrl).host;
}

/** Whether the app keeps conversations. */
export function canChat({ mode }: Pick<App, 'mode'>): boolean {
  return mode === 'chat' || mode === 'agent-chat' || mode === 'advanced-chat' || mode === 'agent';
}

/** Whether the chat view can show the app: to talk with it, or to run it by its form. A mode of a newer Dify it cannot. */
export function hasPage(app: Pick<App, 'mode'>): boolean {
  return canChat(app) || isRunApp(app.mode);
}

/** Whether the app has published versions to choose from. */
export function hasVersions({ mode }: Pick<App, 'mode'>): boolean {
  return mode === 'workflow' || mode === 'advanced-chat';
}

/** Whether Dify finishes and keeps an answer that nobody read to its end. */
export function keepsAnswers({ mode }: Pick<App, 'mode'>): boolean {
  return mode === 'advanced-chat' || mode === 'workflow';
}

/** Whether the host is this computer: plain http to it never leaves the machine. */
export function isLoopback(url: URL): boolean {
  const { hostname } = url;
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Whether the key and the text travel in clear. */
export function isUnencrypted(baseUrl: string): boolean {
  const url = new URL(baseUrl);
  return url.protocol === 'http:' && !isLoopback(url);
}
