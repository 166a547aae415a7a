import { window } from 'vscode';
import { proposeMapping } from '../../conversation/inputMapping.ts';
import type { Recipe } from '../../conversation/recipe.ts';
import type { App } from '../app.ts';
import type { RowPorts } from '../appRows.ts';
import { chooseApp } from '../chooseApp.ts';
import { t } from '../words.ts';
import type { ActionPorts } from './actions.ts';
import type { AppChoice } from './apps/appChoice.ts';
import { takesInstruction } from './apps/appFit.ts';
import { fitsActions } from './apps/fits.ts';
import type { Asked, Choice } from './perform.ts';

interface Ports extends RowPorts, Pick<ActionPorts, 'apps' | 'connect'> {
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

async function pickApp(ports: Ports): Promise<App | undefined> {
  const apps = ports.apps.list().filter(fitsActions);
  if (apps.length === 0) return await ports.connect();
  const placeholder = t('Which app is to work on the text?');
  return await chooseApp({ title: t('Run which app?'), placeholder, apps, current: undefined }, ports);
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
