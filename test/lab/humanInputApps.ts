import type { App, FormEntry } from '../../src/demo/apps.ts';
import type { Graph } from '../../src/demo/workflow/graph.ts';
import {
  filesWorkflow,
  mailOnlyWorkflow,
  reviewChatflow,
  reviewWorkflow,
  simpleReviewChatflow,
  twoFormsWorkflow,
} from './humanInputGraphs.ts';
import type { LabApp } from './labApp.ts';
import { type WorkflowAppOptions, version, workflowApp } from './workflowApp.ts';

const topic: FormEntry = { 'text-input': { label: 'topic', variable: 'topic', required: true, max_length: 200 } };
const note: FormEntry = { paragraph: { label: 'note', variable: 'note', required: false } };

type Given = Pick<WorkflowAppOptions, 'name' | 'mode'> & {
  readonly graph: Graph;
  readonly form?: readonly FormEntry[];
};

function reviewed({ form = [], graph, mode, name }: Given): App {
  const key = `app-Lab${name.replaceAll(' ', '')}`.padEnd(28, '0');
  return workflowApp({ key, mode, name, versions: [version(graph, { user_input_form: form })] });
}

/** How long the forms of the apps named "hasty" stay open, in ms. */
export const haste = 1000;

/** Asks a person to review a draft, and says how it went. */
export const reviewFlow = reviewed({
  name: 'Review',
  mode: 'workflow',
  graph: reviewWorkflow(),
  form: [topic, note],
});

/** Shows the draft before it asks. */
export const reviewChat = reviewed({
  name: 'Review chat',
  mode: 'advanced-chat',
  graph: reviewChatflow(),
});

/** Says nothing before it asks. */
export const simpleReviewChat = reviewed({
  name: 'Simple review chat',
  mode: 'advanced-chat',
  graph: simpleReviewChatflow(),
});

/** Asks two people at once. */
const twoForms = reviewed({
  name: 'Two forms',
  mode: 'workflow',
  graph: twoFormsWorkflow(),
  form: [topic],
});

/** Asks by e-mail only. */
export const mailOnly = reviewed({
  name: 'Mail only',
  mode: 'workflow',
  graph: mailOnlyWorkflow(),
  form: [topic],
});

/** Asks for files. */
const formWithFiles = reviewed({
  name: 'Form with files',
  mode: 'workflow',
  graph: filesWorkflow(),
  form: [topic],
});

export const hastyReviewFlow = reviewed({
  name: 'Hasty review',
  mode: 'workflow',
  graph: reviewWorkflow({ timeout: haste }),
  form: [topic, note],
});

export const hastyReviewChat = reviewed({
  name: 'Hasty review chat',
  mode: 'advanced-chat',
  graph: reviewChatflow({ timeout: haste }),
});

const hastyMail = reviewed({
  name: 'Hasty mail',
  mode: 'workflow',
  graph: mailOnlyWorkflow({ timeout: haste }),
  form: [topic],
});

/** Apps that wait for a person: only the newer server has such. */
export const humanInputApps: readonly LabApp[] = [
  { app: reviewFlow, features: ['human-input'] },
  { app: simpleReviewChat, features: ['human-input'] },
  { app: reviewChat, features: ['human-input', 'answer-before-form'] },
  { app: twoForms, features: ['two-forms'] },
  { app: mailOnly, features: ['form-by-email'] },
  { app: formWithFiles, features: ['form-with-files'] },
  { app: hastyReviewFlow, features: ['form-deadline'] },
  { app: hastyReviewChat, features: ['form-deadline', 'answer-before-form'] },
  { app: hastyMail, features: ['form-deadline', 'form-by-email'] },
];
