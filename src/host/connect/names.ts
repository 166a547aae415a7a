import { hostOf, type App } from '../app.ts';

/** The app's name where no other app has it, else one that tells them apart: `Name (host)`, `Name (host, 2)`. */
export function freeName(app: App, others: readonly App[]): string {
  const taken = new Set(others.filter(({ id }) => id !== app.id).map(({ name }) => name));
  if (!taken.has(app.name)) return app.name;
  const host = hostOf(app);
  const first = `${app.name} (${host})`;
  for (let n = 2; ; n++) {
    const name = n === 2 && !taken.has(first) ? first : `${app.name} (${host}, ${n})`;
    if (!taken.has(name)) return name;
  }
}

/** The app under a name that it does not have in Dify, or under its own. */
export function calledHere(app: App, name: string): App {
  return name === app.name ? app : { ...app, name, ownName: app.name };
}
