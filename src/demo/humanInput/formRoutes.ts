import { seconds } from '../clock.ts';
import { notFound } from '../http/errors.ts';
import { formResponse, restResponse } from '../http/responses.ts';
import type { Call } from '../routes.ts';
import { isObject, isString, validate } from '../http/schema.ts';
import type { Form } from './form.ts';
import type { OpenForm } from './forms.ts';
import { readFileOf } from './formFiles.ts';
import { checkedSubmission } from './submission.ts';

/** `GET /form/human_input/{form_token}` */
export function showForm(call: Call): Response {
  return formResponse(definitionOf(openForm(call).form));
}

/** `POST /form/human_input/{form_token}`: any user may, once. */
export function submitForm(call: Call): Response {
  const { body, server } = call;
  validate(submitPayload, body, server.generation.pydantic);
  const open = openForm(call);
  const sent = { action: String(body['action']), inputs: Object.fromEntries(Object.entries(body['inputs'] ?? {})) };
  server.forms.submit(open, checkedSubmission(open.form, sent, readFileOf(call), server.generation.pydantic));
  return restResponse({});
}

function openForm({ app, parameters, server }: Call): OpenForm {
  const found = server.forms.find(parameters[0] ?? '', app);
  if (found === undefined) throw notFound('Form not found.');
  return found;
}

function definitionOf(form: Form): object {
  return {
    form_content: form.content,
    inputs: form.inputs,
    resolved_default_values: form.defaults,
    user_actions: form.definition.actions,
    expiration_time: seconds(form.expiresAt),
  };
}

const submitPayload = {
  name: 'HumanInputFormSubmitPayload',
  fields: [
    { name: 'inputs', required: true, check: isObject },
    { name: 'action', required: true, check: isString },
  ],
};
