import { readdir } from 'node:fs/promises';
import type { App, AppState } from '../../src/demo/apps.ts';
import { demoApps } from '../../src/demo/demoApps.ts';
import type { AppEntry } from '../contract/apps.ts';
import type { LabApp } from './labApp.ts';

/** Every app of the lab, the demo's own first. */
export const labApps: readonly LabApp[] = [
  ...demoApps.map((app) => ({ app, features: asksPeople(app) ? ['human-input'] : [] })),
  ...(await Promise.all((await appFiles()).map(exported))).flat(),
];

function asksPeople({ workflow }: App): boolean {
  const nodes = workflow?.versions.at(-1)?.graph.nodes ?? [];
  return nodes.some(({ type }) => type === 'human-input');
}

async function appFiles(): Promise<readonly string[]> {
  return (await readdir(import.meta.dirname)).filter((file) => file.endsWith('Apps.ts')).toSorted();
}

/** All lists of apps that the file exports. The lab's model does as it is told in double brackets. */
async function exported(file: string): Promise<readonly LabApp[]> {
  const found = (await import(`./${file}`)) as Readonly<Record<string, unknown>>;
  const lists = Object.values(found).flatMap((list: unknown) => (Array.isArray(list) ? list.filter(isLabApp) : []));
  return lists.map(({ app, features }) => ({ app, features: ['rule-model', ...features] }));
}

function isLabApp(value: unknown): value is LabApp {
  return typeof value === 'object' && value !== null && 'app' in value && 'features' in value;
}

/** The apps as `apps.json` lists them: by name, which is made unique. The features say too what the app's state is. */
export function appEntries(apps: readonly LabApp[] = labApps): Readonly<Record<string, AppEntry>> {
  const entries = new Map<string, AppEntry>();
  for (const { app, features } of apps) {
    const name = entries.has(app.name) ? `${app.name} (${entries.size})` : app.name;
    entries.set(name, { key: app.key, mode: app.mode, features: ['direct', ...features, ...stateFeatures(app.state)] });
  }
  return Object.fromEntries(entries);
}

function stateFeatures(state: AppState | undefined): readonly string[] {
  return state === undefined || state === 'normal' ? [] : ['disabled'];
}
