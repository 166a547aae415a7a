import * as v from 'valibot';
import type { Memento } from 'vscode';
import type { ConversationFiles } from '../conversationFiles.ts';
import type { CommonState } from '../commonState.ts';

const erasedKey = 'erased';
/** So many are remembered for workspaces that are not open. */
const remembered = 200;

const erasureSchema = v.object({ token: v.string(), app: v.optional(v.string()) });

/** What is to be deleted in every workspace: what there is of one app, or of all. */
type Erasure = v.InferOutput<typeof erasureSchema>;

interface ErasurePorts {
  readonly shared: CommonState;
  readonly workspace: Memento;
  readonly everywhere: Memento;
  /** Of this workspace; `undefined` in a window without one. */
  readonly ownFiles: Pick<ConversationFiles, 'remove'> | undefined;
  /** Of all windows without a workspace. */
  readonly looseFiles: Pick<ConversationFiles, 'remove'>;
  /** Lets go of what is open of the app, or of all. */
  readonly close: (app: string | undefined) => void;
}

/**
 * Deletes what workspaces keep. VS Code gives an extension only the folder of the workspace that is open: the others are written down,
 * and deleted when they are opened next.
 */
export class Erasures {
  readonly #ports: ErasurePorts;
  #last: Promise<void> = Promise.resolve();

  constructor(ports: ErasurePorts) {
    this.#ports = ports;
  }

  /** @param app its id; `undefined`: everything of every app */
  async erase(app?: string): Promise<void> {
    const { shared, everywhere, looseFiles } = this.#ports;
    const erasure = { token: crypto.randomUUID(), app };
    await shared.update('erasures', (stored) => [...parseErasures(stored), erasure].slice(-remembered));
    await this.carryOut();
    // Once, and now: later there may be new ones.
    await looseFiles.remove(app);
    if (app !== undefined) await forgetIn(everywhere, app);
  }

  /** Deletes here what was deleted elsewhere. */
  carryOut(): Promise<void> {
    const done = this.#last.then(() => this.#carryOut());
    this.#last = done.catch(() => {});
    return done;
  }

  async #carryOut(): Promise<void> {
    const { shared, workspace, ownFiles, close } = this.#ports;
    const all = parseErasures(shared.get('erasures'));
    const erased = workspace.get<unknown>(erasedKey);
    const open = all.slice(all.findIndex(({ token }) => token === erased) + 1);
    const last = open.at(-1);
    if (last === undefined) return;
    for (const { app } of open) {
      close(app);
      await ownFiles?.remove(app);
      await forgetIn(workspace, app);
    }
    await workspace.update(erasedKey, last.token);
  }
}

/** Parts of a key are separated by colons, and one of them names the app. */
async function forgetIn(memento: Memento, app: string | undefined): Promise<void> {
  const keys = memento.keys().filter((key) => app === undefined || key.split(':').includes(app));
  for (const key of keys) await memento.update(key, undefined);
}

function parseErasures(stored: unknown): readonly Erasure[] {
  return Array.isArray(stored) ? stored.filter((item): item is Erasure => v.is(erasureSchema, item)) : [];
}
