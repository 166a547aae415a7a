import { notWorkflowApp } from '../http/errors.ts';
import type { Generation } from '../generations.ts';
import type { Route } from '../routes.ts';
import { streamRunEvents } from './events.ts';
import { showForm, submitForm } from './formRoutes.ts';

const since = { wrongMode: notWorkflowApp, exists: ({ workflow }: Generation) => workflow.relays } as const;
const path = '/v1/form/human_input/<string:form_token>';
const form = { ...since, path, similar: [path] } as const;

/** Endpoints that only the newer server has: forms, and the events of a run that has been started before. */
export const humanInputRoutes: readonly Route[] = [
  { ...form, method: 'GET', user: 'none', answer: showForm },
  { ...form, method: 'POST', user: 'bodyRequired', answer: submitForm },
  {
    ...since,
    method: 'GET',
    path: '/v1/workflow/<string:workflow_run_id>/events',
    user: 'queryRequired',
    modes: ['workflow', 'advanced-chat'],
    answer: streamRunEvents,
  },
];
