type Settings = Readonly<Record<string, unknown>>;

const attempt: unknown = JSON.parse(process.env['ATTEMPT'] ?? '{}');
let settings = (attempt as { readonly settings?: Settings }).settings ?? {};
type Listener = (event: { affectsConfiguration: (section: string) => boolean }) => void;
const listeners = new Set<Listener>();

/** What was asked and written since the start. */
export const asked: string[] = [];
export const written: (readonly unknown[])[] = [];

/** What the network asks of VS Code: settings. A workspace's values are there to be ignored. */
export const workspace = {
  getConfiguration: (section: string) => ({
    inspect: (name: string) => {
      asked.push(`${section}.${name}`);
      return { globalValue: settings[`${section}.${name}`], workspaceValue: 'http://127.0.0.1:1' };
    },
    update: (name: string, value: unknown, target: unknown) => {
      written.push([`${section}.${name}`, value, target]);
      return Promise.resolve();
    },
  }),
  onDidChangeConfiguration: (listener: Listener) => {
    listeners.add(listener);
    return { dispose: () => listeners.delete(listener) };
  },
};

export const ConfigurationTarget = { Global: 1 };

/** Sets these settings and no others, as a person does. */
export function changeSettings(changed: Settings): void {
  const names = [...Object.keys(settings), ...Object.keys(changed)];
  settings = changed;
  for (const listener of listeners) {
    listener({ affectsConfiguration: (section) => names.some((name) => name.startsWith(`${section}.`)) });
  }
}
