import { type App, type Mode, type Parameters, parameters } from '../../src/demo/apps.ts';
import type { Graph } from '../../src/demo/workflow/graph.ts';
import type { Version, VariableDeclaration, Workflow } from '../../src/demo/workflow/published.ts';
import { labApp, uploadLimits } from './labApp.ts';

/** What the models of the lab's graphs are told. */
export const labSystem = 'You are a test model.';

/** What the lab's chatflows and workflows have in common. */
export interface WorkflowAppOptions {
  readonly name: string;
  readonly key: string;
  readonly mode: Extract<Mode, 'advanced-chat' | 'workflow'>;
  readonly description?: string;
  /** Oldest first; empty: never published. */
  readonly versions: readonly Version[];
}

let apps = 0;

export function workflowApp({ versions, ...given }: WorkflowAppOptions): App {
  apps++;
  const workflow: Workflow = { appId: uuid('a', apps), draftId: uuid('d', apps), versions };
  return labApp({ ...given, workflow });
}

let versions = 0;

/** A published version: features are those of the lab unless changed. */
export function version(
  graph: Graph,
  changed: Partial<Parameters> = {},
  variables: readonly VariableDeclaration[] = [],
): Version {
  versions++;
  return {
    id: uuid('b', versions),
    graph,
    parameters: { ...features, ...changed },
    variables,
    publishedAt: '2026-11-22 11:10:15.829893',
  };
}

/** An id that tells what it is of. */
function uuid(kind: string, count: number): string {
  return `${kind.repeat(8)}-0000-4000-8000-${String(count).padStart(12, '0')}`;
}

const features = parameters({
  opening_statement: '',
  text_to_speech: { enabled: false, language: '', voice: '' },
  sensitive_word_avoidance: { enabled: false },
  file_upload: {
    enabled: false,
    allowed_file_types: ['image'],
    allowed_file_extensions: ['.JPG', '.JPEG', '.PNG', '.GIF', '.WEBP', '.SVG'],
    allowed_file_upload_methods: ['local_file', 'remote_url'],
    number_limits: 3,
    image: { enabled: false, number_limits: 3, transfer_methods: ['local_file', 'remote_url'] },
    fileUploadConfig: uploadLimits,
  },
});

/** Uploads of pictures, documents and some code. */
export const filesOn: Partial<Parameters> = {
  file_upload: {
    enabled: true,
    allowed_file_types: ['image', 'document'],
    allowed_file_extensions: ['.ts', '.py'],
    allowed_file_upload_methods: ['local_file', 'remote_url'],
    number_limits: 3,
    fileUploadConfig: uploadLimits,
  },
};
