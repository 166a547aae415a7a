import { window } from 'vscode';
import { proposeMapping } from '../../conversation/inputMapping.ts';
import type { Recipe } from '../../conversation/recipe.ts';
import { hostOf, type App } from '../app.ts';
import { t } from '../words.ts';
import type { ActionPorts } from './actions.ts';
import type { AppChoice } from './apps/appChoice.ts';
import { takesInstruction } from './apps/appFit.ts';
import { fitsActions } from './apps/fits.ts';
import type { Asked, Choice } from './perform.ts';

interface Ports extends Pick<ActionPorts, 'apps' | 'connect'> {
  readonly choice: Pick<AppChoice, 'chosen'>;
}

/** What an app that the person picks was made for, or what they want of it. */
export function runAnyApp(ports: Ports): Omit<Asked, 'sources'> {
  let app: App | undefined;
  const choose: Asked['choose'] = async () => {
    // As it is now: it may have got another address since.
    app = ports.apps.find(app?.id) ?? (await pickApp(ports));
    return app === undefined ? undefined : await chosenFor(app, ports);
  };
  const chooseAnother: Asked['chooseAnother'] = async () => {
    app = undefined;
    return await choose();
  };
  return { title: t('Answer'), app: () => app, choose, chooseAnother };
}

/** @throws {DifyError} `undefined` if the person gives up */
async function chosenFor(app: App, { choice }: Ports): Promise<Choice> {
  // Nothing is asked for that would go nowhere.
  const probe = adHoc(app, t('What should {app} do?', { app: app.name }));
  const { form, mapping } = await choice.chosen(probe, app);
  const instruction = takesInstruction(mapping) ? await askInstruction(app) : '';
  if (instruction === undefined) return undefined;
  const recipe = adHoc(app, instruction.trim());
  return { recipe, app, form, mapping: proposeMapping(recipe, app.mode, form) };
}

async function pickApp({ apps, connect }: Ports): Promise<App | undefined> {
  const able = apps.list().filter(fitsActions);
  if (able.length === 0) return await connect();
  const rows = able.map((app) => ({ label: app.name, description: hostOf(app), detail: app.description, app }));
  const another = { label: t('Connect Another App…'), description: '', detail: '', app: undefined };
  const picked = await window.showQuickPick([...rows, another], { title: t('Run which app?'), ignoreFocusOut: true });
  return picked === another ? await connect() : picked?.app;
}

async function askInstruction({ name }: App): Promise<string | undefined> {
  return await window.showInputBox({
    title: t('What should {app} do? (optional)', { app: name }),
    placeHolder: t('Enter runs it as it is.'),
    ignoreFocusOut: true,
  });
}

/** A recipe for this once; what the app needs beside the text is remembered for the next time. */
function adHoc(app: App, instruction: string): Recipe {
  return {
    id: 'runApp',
    title: app.name,
    resultTitle: t('{app} on {file}', { app: app.name, file: '{file}' }),
    instruction,
    targetLanguage: '',
    output: 'show',
    inputs: {},
    app: undefined,
  };
}
