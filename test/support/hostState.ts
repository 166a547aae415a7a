import { EventEmitter, type Memento, type SecretStorage } from 'vscode';
import type { App } from '../../src/host/app.ts';
import type { CommonFile } from '../../src/host/commonState.ts';

/** A window's copy of a state, as VS Code gives it to an extension. @param stored what is there at first */
export function memento(stored: Readonly<Record<string, unknown>> = {}): Memento {
  const values = new Map(Object.entries(stored));
  const get = (key: string, otherwise?: unknown): unknown => values.get(key) ?? otherwise;
  return {
    keys: () => [...values.keys()],
    get,
    update: (key, value: unknown) => {
      if (value === undefined) values.delete(key);
      else values.set(key, JSON.parse(JSON.stringify(value)));
      return Promise.resolve();
    },
  };
}

/** The file that windows share. `told` is off: nobody hears of it when it is written. */
export function sharedFile({ told = true } = {}): CommonFile & { text: string | undefined } {
  const changed = new EventEmitter<void>();
  return {
    text: undefined,
    read() {
      return Promise.resolve(this.text);
    },
    write(text) {
      this.text = text;
      if (told) changed.fire();
      return Promise.resolve();
    },
    onDidChange: changed.event,
  };
}

/** A secret storage, and what is wrong with it. */
export interface TestSecrets extends SecretStorage {
  readonly kept: Map<string, string>;
  /** Loses what is stored, and says nothing: a VS Code without a keyring, after a restart. */
  forgetful: boolean;
  throwsOnGet: boolean;
  throwsOnStore: boolean;
  /** Part of the ids of what cannot be deleted. */
  keeps: string | undefined;
}

export function testSecrets(): TestSecrets {
  const kept = new Map<string, string>();
  const changed = new EventEmitter<{ readonly key: string }>();
  const answer = <T>(broken: boolean, work: () => T): Promise<T> =>
    broken ? Promise.reject(new Error('The keyring is locked')) : Promise.resolve(work());
  return {
    kept,
    forgetful: false,
    throwsOnGet: false,
    throwsOnStore: false,
    keeps: undefined,
    onDidChange: changed.event,
    keys: () => Promise.resolve([...kept.keys()]),
    get(key) {
      return answer(this.throwsOnGet, () => kept.get(key));
    },
    store(key, value) {
      return answer(this.throwsOnStore, () => {
        if (!this.forgetful) kept.set(key, value);
        changed.fire({ key });
      });
    },
    delete(key) {
      if (this.keeps !== undefined && key.includes(this.keeps))
        return Promise.reject(new Error('The keyring is locked'));
      kept.delete(key);
      changed.fire({ key });
      return Promise.resolve();
    },
  };
}

export function testApp(id: string, fields: Partial<App> = {}): App {
  const plain = { baseUrl: 'https://one.test/v1', name: `App ${id}`, mode: 'chat', description: '', emoji: '' };
  return { id, ...plain, version: '1.14.2', ...fields };
}
