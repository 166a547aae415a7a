import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';

/** Waits until the condition holds, looking again and again: for what no locator can see. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await condition());) {
    assert.ok(Date.now() < end, 'it never came true');
    await delay(20);
  }
}
