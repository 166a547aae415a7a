/** What unit tests need of the VS Code API: events and words. Everything that shows something is tried in a real VS Code. */
export class EventEmitter<T> {
  readonly #listeners = new Set<(event: T) => void>();

  readonly event = (listener: (event: T) => void): { dispose: () => void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(event: T): void {
    for (const listener of this.#listeners) listener(event);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export const l10n = {
  t: (message: string, args: Readonly<Record<string, string | number>> = {}): string =>
    message.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => String(args[name] ?? placeholder)),
};

export const LogLevel = { Off: 0, Trace: 1, Debug: 2, Info: 3, Warning: 4, Error: 5 };

export const env = { language: 'en' };

export class ThemeIcon {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

interface StubUri {
  readonly path: string;
  readonly toString: () => string;
}

export const Uri = {
  parse: (text: string): StubUri => ({ path: new URL(text).pathname, toString: () => text }),
  from: ({ scheme, path }: { readonly scheme: string; readonly path: string }): StubUri => ({
    path,
    toString: () => `${scheme}:${path}`,
  }),
  joinPath: (base: StubUri, ...segments: readonly string[]): StubUri =>
    Uri.parse([String(base), ...segments].join('/')),
};
