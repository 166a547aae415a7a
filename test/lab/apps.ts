import type { App, AppState } from '../../src/demo/apps.ts';
import { demoApps } from '../../src/demo/demoApps.ts';
import type { AppEntry } from '../contract/apps.ts';
import { agentApps } from './agentApps.ts';
import { chatflowApps } from './chatflowApps.ts';
import { filesApps } from './filesApps.ts';
import { guardedApps } from './guardedApps.ts';
import { guardedFlowApps } from './guardedFlowApps.ts';
import { humanInputApps } from './humanInputApps.ts';
import type { LabApp } from './labApp.ts';
import { speechApps } from './speechApps.ts';
import { toolFileApps } from './toolFileApps.ts';
import { workflowApps } from './workflowApps.ts';

/** The lab's own: the model does as it is told in double brackets. */
const ownApps: readonly LabApp[] = [
  ...agentApps,
  ...chatflowApps,
  ...filesApps,
  ...guardedApps,
  ...guardedFlowApps,
  ...humanInputApps,
  ...speechApps,
  ...toolFileApps,
  ...workflowApps,
];

/** Every app of the lab, the demo's own first. */
export const labApps: readonly LabApp[] = [
  ...demoApps.map((app) => ({ app, features: asksPeople(app) ? ['human-input'] : [] })),
  ...ownApps.map(({ app, features }) => ({ app, features: ['rule-model', ...features] })),
];

/** @throws {RangeError} if the lab has no such app */
export function appNamed(wanted: string): App {
  const found = labApps.find(({ app }) => app.name === wanted);
  if (found === undefined) throw new RangeError(`There is no app ${wanted} in the lab.`);
  return found.app;
}

function asksPeople({ workflow }: App): boolean {
  const nodes = workflow?.versions.at(-1)?.graph.nodes ?? [];
  return nodes.some(({ type }) => type === 'human-input');
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
