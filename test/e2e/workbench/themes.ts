import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Session } from '../session.ts';
import { shot } from './workbench.ts';

/** The colour themes, by what the settings call them, with the class that each gives the workbench. */
const themes = {
  'Dark Modern': 'dark_modern',
  'Light Modern': 'light_modern',
  'Default High Contrast': 'hc_black',
  'Default High Contrast Light': 'hc_light',
};

/**
 * Takes a picture; with `TEST_THEMES` in the environment one in each colour theme, which takes a while and is for a person to look at. The
 * theme is changed by the settings of the workspace: that leaves open what is open.
 */
export async function shotInThemes({ page, workspace }: Session, name: string): Promise<void> {
  if (!process.env['TEST_THEMES']) return shot(page, name);
  const folder = path.join(workspace, '.vscode');
  await mkdir(folder, { recursive: true });
  for (const [theme, file] of Object.entries(themes)) {
    await writeFile(path.join(folder, 'settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
    await page.locator(`.monaco-workbench.vscode-theme-defaults-themes-${file}-json`).waitFor();
    await shot(page, `${name}-${file}`);
  }
  await rm(folder, { recursive: true });
}
