/**
 * undici, when loaded, puts itself into slots of the process in which Node's own `fetch` looks for its dispatcher: every other extension
 * would go our way, past its proxy. It does so only if its own slot is empty, so that is filled while undici is loaded. This module has to
 * be evaluated before undici.
 */
const slot = Symbol.for('undici.globalDispatcher.2');
const empty = !(slot in globalThis);
if (empty) Object.defineProperty(globalThis, slot, { value: 'taken while undici is loaded', configurable: true });

/** Leaves the slots as they were before. */
export function restoreSlots(): void {
  if (empty) Reflect.deleteProperty(globalThis, slot);
}
