import { annotationsOf } from '../annotations.ts';
import type { App } from '../apps.ts';
import type { Clock } from '../clock.ts';
import { inputPreset } from './moderation.ts';
import type { Server } from '../routes.ts';
import type { Inputs } from '../history/store.ts';
import type { TextSource } from './textSource.ts';

/** Words that an app says without asking its model. */
export interface Preset {
  readonly text: string;
  /** `metadata.annotation_reply`. */
  readonly annotation: object | null;
}

/** What the app answers by itself: to a word that it does not let through, or to a question that its owner has answered. */
export function presetOf(
  server: Server,
  app: App,
  { inputs, query }: { readonly inputs: Inputs; readonly query: string },
): Preset | undefined {
  const refusal = inputPreset(app.moderation, inputs, query);
  if (refusal !== undefined) return { text: refusal, annotation: null };
  const hit = annotationsOf({ app, server }).hit(query);
  if (hit === undefined) return undefined;
  const account = { id: server.ids.of('owner', app.key), name: app.authorName ?? 'Admin' };
  return { text: hit.answer, annotation: { id: hit.id, account } };
}

/** Says a text letter by letter, as basic apps say theirs. */
export function spelled({ text }: Preset, clock: Clock): TextSource {
  return async function* letters(_prompt, signal) {
    for (const letter of text) {
      yield letter;
      await clock.sleep(10, signal);
      if (signal.aborted) return;
    }
  };
}
