import type { AppDetails } from '../appDetails.ts';
import type { Apps } from '../apps.ts';
import type { Health } from '../health.ts';
import type { Keys } from '../keys.ts';
import type { Log } from '../log.ts';
import type { CommonState } from '../commonState.ts';
import type { Erasures } from './erasures.ts';

/** All that keeps something of the person. */
export interface Kept {
  readonly apps: Pick<Apps, 'leaveDemo' | 'tell'>;
  readonly keys: Pick<Keys, 'deleteAll'>;
  readonly shared: Pick<CommonState, 'deleteAll'>;
  readonly erasures: Pick<Erasures, 'erase'>;
  readonly details: Pick<AppDetails, 'forgetAll'>;
  readonly health: Pick<Health, 'forgetAll'>;
  readonly log: Pick<Log, 'clear'>;
  /** Forgets what was typed while an app was being connected, the key too. */
  readonly forgetTyped: () => void;
}

/** Deletes all of it, in storage and in memory. @throws if the secret storage keeps a key; everything else is deleted all the same */
export async function deleteEverything(kept: Kept): Promise<void> {
  const { apps, keys, shared, erasures, details, health, log, forgetTyped } = kept;
  forgetTyped();
  try {
    await keys.deleteAll();
  } finally {
    await apps.leaveDemo();
    await shared.deleteAll();
    await erasures.erase();
    details.forgetAll();
    health.forgetAll();
    // It names servers and apps.
    log.clear();
    apps.tell();
  }
}
