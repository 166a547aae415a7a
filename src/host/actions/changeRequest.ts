import { window, type Memento } from 'vscode';
import { t } from '../words.ts';
import type { ActionPorts } from './actions.ts';
import { changeInputs } from './askInputs.ts';
import { BeforeSending, fieldsOf } from './beforeSending.ts';
import type { ResultRequest } from '../../conversation/result.ts';
import { uploadsOf } from './perform.ts';
import { withChange } from './results/change.ts';
import type { ToChange } from './results/ports.ts';

type ChangePorts = Pick<ActionPorts, 'clients' | 'details' | 'everywhere'> & { readonly remembered: Memento };

/** Lets the person say what is to be different, in words or in the app's form; `undefined` if they give up. @throws {DifyError} */
export async function changeRequest(asked: ToChange, ports: ChangePorts): Promise<ResultRequest | undefined> {
  const { app, source, request } = asked;
  const guard = new BeforeSending(app, source, ports.everywhere);
  // Before as well: a file that is chosen is uploaded at once.
  if (!(await guard.may([fieldsOf(request)]))) return undefined;
  const changed = await askChange(asked, ports);
  return changed !== undefined && (await guard.may([fieldsOf(changed)])) ? changed : undefined;
}

async function askChange(asked: ToChange, ports: ChangePorts): Promise<ResultRequest | undefined> {
  const { app } = asked;
  const { userInputForm: form } = await ports.details.parameters(app, AbortSignal.timeout(60_000));
  const inWords = { label: t('Say What Should Be Different…') };
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

async function changeInWords({ app, request }: ToChange): Promise<ResultRequest | undefined> {
  const prompt = t('What should be different? {app} is asked once more with it.', { app: app.name });
  const options = { title: t('Again with a Change…'), prompt, ignoreFocusOut: true };
  const change = (await window.showInputBox(options))?.trim() ?? '';
  return change === '' ? undefined : withChange(request, change);
}
