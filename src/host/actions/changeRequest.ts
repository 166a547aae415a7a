import { window, type Memento } from 'vscode';
import type { Recipe } from '../../conversation/recipe.ts';
import type { App } from '../app.ts';
import { t } from '../words.ts';
import type { ActionPorts } from './actions.ts';
import { changeInputs } from './askInputs.ts';
import type { ActionRequest } from './job.ts';
import { uploadsOf } from './perform.ts';
import { withChange } from './results/change.ts';

interface Changed {
  readonly app: App;
  readonly recipe: Recipe;
  readonly request: ActionRequest;
}

type ChangePorts = Pick<ActionPorts, 'clients' | 'details'> & { readonly remembered: Memento };

/** Lets the person say what is to be different, in words or in the app's form; `undefined` if they give up. @throws {DifyError} */
export async function changeRequest(asked: Changed, ports: ChangePorts): Promise<ActionRequest | undefined> {
  const { app } = asked;
  const { userInputForm: form } = await ports.details.parameters(app, AbortSignal.timeout(60_000));
  const inWords = { label: t('Say What Should Be Different…'), icon: 'edit' };
  const inForm = { label: t('Change the Inputs…'), description: form.map(({ label }) => label).join(', ') };
  const title = t('Again with a Change…');
  const picked = form.length === 0 ? inWords : await window.showQuickPick([inWords, inForm], { title });
  if (picked === inWords) return await changeInWords(asked);
  if (picked === undefined) return undefined;
  const { recipe, request } = asked;
  const { inputs } = request;
  const uploads = await uploadsOf(app, ports);
  const changed = await changeInputs({ app, recipe, form, inputs, remembered: ports.remembered, uploads });
  return changed?.type === 'inputs' ? { ...request, inputs: changed.inputs } : undefined;
}

async function changeInWords({ app, request }: Changed): Promise<ActionRequest | undefined> {
  const prompt = t('What should be different? {app} is asked once more with it.', { app: app.name });
  const options = { title: t('Again with a Change…'), prompt, ignoreFocusOut: true };
  const change = (await window.showInputBox(options))?.trim() ?? '';
  return change === '' ? undefined : withChange(request, change);
}
