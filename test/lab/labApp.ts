import { type App, type FileUpload, type Mode, type Parameters, parameters } from '../../src/demo/apps.ts';
import { labAnswer } from './model.ts';

/** An app like one of those that the recordings were made with. */
export interface LabApp {
  readonly app: App;
  /** What the app can show that others of its mode cannot. */
  readonly features: readonly string[];
}

type Given = Pick<App, 'key' | 'name' | 'mode'> & Partial<Omit<App, 'parameters'>>;

/** An app of the lab: the rule model answers, and reads its directives in the question or the text input `query`. */
export function labApp(given: Given, changed: Partial<Parameters> = {}): App {
  return {
    description: `Test app ${given.mode}`,
    authorName: 'Lab Admin',
    site: { icon: '🤖', iconBackground: '#FFEAD5', description: null, disclaimer: '' },
    parameters: parameters({ ...formOf(given.mode), opening_statement: '', ...changed }),
    promptOf: (inputs, query) => (query === '' ? String(inputs['query']) : query),
    answer: labAnswer,
    ...given,
  };
}

function formOf(mode: Mode): Partial<Parameters> {
  if (mode !== 'completion') return {};
  return { user_input_form: [{ paragraph: { label: 'Text', variable: 'query', required: true } }] };
}

export const uploadLimits = {
  audio_file_size_limit: 50,
  batch_count_limit: 5,
  file_size_limit: 15,
  image_file_size_limit: 10,
  video_file_size_limit: 100,
  workflow_file_upload_limit: 10,
};

/** Takes files of the types, in every way that a basic app can. */
export function uploadsOf(...types: readonly string[]): FileUpload {
  return {
    enabled: true,
    allowed_file_types: types,
    allowed_file_extensions: ['.ts', '.py'],
    allowed_file_upload_methods: ['local_file', 'remote_url'],
    number_limits: 3,
    image: { enabled: true, detail: 'high', number_limits: 3, transfer_methods: ['local_file', 'remote_url'] },
    fileUploadConfig: uploadLimits,
  };
}
