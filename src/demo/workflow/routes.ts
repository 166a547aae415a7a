import { notChatApp, notWorkflowApp } from '../http/errors.ts';
import type { Route } from '../routes.ts';
import { runDetail } from './runDetail.ts';
import { listRuns } from './runLogs.ts';
import { stopRun } from './stop.ts';
import { listVariables, updateVariable } from './variables.ts';
import { runWorkflow } from './workflowRun.ts';

const workflow = { modes: ['workflow'], wrongMode: notWorkflowApp } as const;
const chat = { modes: ['chat', 'agent-chat', 'advanced-chat'], wrongMode: notChatApp } as const;
const variables = '/v1/conversations/<uuid:c_id>/variables';

/** Endpoints that only workflows and chatflows have a use for. */
export const workflowRoutes: readonly Route[] = [
  { ...workflow, method: 'POST', path: '/v1/workflows/run', user: 'bodyRequired', answer: runWorkflow },
  {
    ...workflow,
    method: 'POST',
    path: '/v1/workflows/<string:workflow_id>/run',
    user: 'bodyRequired',
    answer: runWorkflow,
  },
  {
    ...workflow,
    method: 'POST',
    path: '/v1/workflows/tasks/<string:task_id>/stop',
    user: 'bodyRequired',
    answer: stopRun,
  },
  {
    method: 'GET',
    path: '/v1/workflows/run/<string:workflow_run_id>',
    user: 'none',
    modes: ['workflow', 'advanced-chat'],
    wrongMode: notWorkflowApp,
    answer: runDetail,
  },
  { method: 'GET', path: '/v1/workflows/logs', user: 'none', wrongMode: notWorkflowApp, answer: listRuns },
  { ...chat, method: 'GET', path: variables, user: 'query', similar: [variables], answer: listVariables },
  { ...chat, method: 'PUT', path: `${variables}/<uuid:variable_id>`, user: 'body', answer: updateVariable },
];
