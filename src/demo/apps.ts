import type { Inputs } from './store.ts';
import type { TextSource } from './textSource.ts';

export type Mode = 'completion' | 'chat';

/** What hinders the use of an app although its key is right. */
export type AppState = 'normal' | 'apiDisabled' | 'abnormal' | 'gone' | 'workspaceArchived';

/** An app as its owner made it. */
export interface App {
  readonly key: string;
  readonly name: string;
  readonly mode: Mode;
  readonly description: string;
  readonly authorName: string | null;
  readonly site: Site;
  readonly parameters: Parameters;
  readonly state?: AppState;
  /** The text a language model would get: the owner's prompt with the inputs filled in. */
  readonly promptOf: (inputs: Inputs, query: string) => string;
  readonly answer: TextSource;
}

export interface Site {
  /** One emoji. */
  readonly icon: string;
  readonly iconBackground: string;
  readonly description: string | null;
  readonly disclaimer: string;
}

/** The answer of `GET /parameters`, which is the app's configuration too. */
export interface Parameters {
  readonly opening_statement: string | null;
  readonly suggested_questions: readonly string[];
  readonly suggested_questions_after_answer: { readonly enabled: boolean };
  readonly speech_to_text: { readonly enabled: boolean };
  readonly text_to_speech: object;
  readonly retriever_resource: object;
  readonly annotation_reply: object;
  readonly more_like_this: object;
  readonly user_input_form: readonly FormEntry[];
  readonly sensitive_word_avoidance: object;
  readonly file_upload: object;
  readonly system_parameters: object;
}

/** One control of the form: an object with a single key, the control's type. */
export type FormEntry = Readonly<Record<string, Control>>;

export interface Control {
  readonly label: string;
  readonly variable: string;
  readonly required: boolean;
  readonly default?: unknown;
  readonly max_length?: number;
  readonly options?: readonly string[];
}

/** The twelve keys with a new app's values. */
export function parameters(changed: Partial<Parameters>): Parameters {
  const defaults: Parameters = {
    opening_statement: null,
    suggested_questions: [],
    suggested_questions_after_answer: { enabled: false },
    speech_to_text: { enabled: false },
    text_to_speech: { enabled: false, voice: '', language: '' },
    retriever_resource: { enabled: true },
    annotation_reply: { enabled: false },
    more_like_this: { enabled: false },
    user_input_form: [],
    sensitive_word_avoidance: { enabled: false, type: '', configs: [] },
    file_upload: {
      image: { enabled: false, number_limits: 3, detail: 'high', transfer_methods: ['remote_url', 'local_file'] },
    },
    system_parameters: {
      image_file_size_limit: 10,
      video_file_size_limit: 100,
      audio_file_size_limit: 50,
      file_size_limit: 15,
      workflow_file_upload_limit: 10,
    },
  };
  return { ...defaults, ...changed };
}
