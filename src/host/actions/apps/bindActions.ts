import { window } from 'vscode';
import type { App } from '../../app.ts';
import type { Apps } from '../../apps.ts';
import { t } from '../../words.ts';
import { allRecipes } from '../recipes/ownRecipes.ts';

/** Lets the person say which actions the app does. */
export async function bindActions(app: App, apps: Apps): Promise<void> {
  const isBound = (id: string): boolean => apps.boundTo(id)?.id === app.id;
  const rows = allRecipes().map(({ id, title }) => ({
    id,
    label: title,
    description: isBound(id) ? '' : (apps.boundTo(id)?.name ?? ''),
    picked: isBound(id),
  }));
  const title = t('Which actions does {app} do?', { app: app.name });
  const picked = await window.showQuickPick(rows, { title, canPickMany: true, ignoreFocusOut: true });
  if (picked === undefined) return;
  for (const { id } of rows) {
    const wanted = picked.some((row) => row.id === id);
    if (wanted !== isBound(id)) await apps.bind(id, wanted ? app : undefined);
  }
}
