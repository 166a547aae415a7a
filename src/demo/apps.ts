import type { Inputs } from './history/store.ts';
import type { Agent } from './agent/agent.ts';
import type { Annotation } from './annotations.ts';
import type { Moderation } from './turns/moderation.ts';
import type { Speech } from './speech.ts';
import type { Exchange, TextSource } from './turns/textSource.ts';
import type { Workflow } from './workflow/published.ts';

export type Mode = 'completion' | 'chat' | 'agent-chat' | 'agent' | 'advanced-chat' | 'workflow';

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
  /** An app that was never published has no configuration that an API could use. */
  readonly isUnpublished?: true;
  /** How many generations may run at once; no limit if absent or 0. */
  readonly maxActiveRequests?: number;
  /** The text a language model would get: the owner's prompt with the inputs filled in. */
  readonly promptOf: (inputs: Inputs, query: string) => string;
  readonly answer: TextSource;
  /** Of modes `agent-chat` and `agent`. */
  readonly agent?: Agent;
  /** Answers that the owner has written; absent: annotation reply is off. */
  readonly annotations?: readonly Pick<Annotation, 'question' | 'answer'>[];
  readonly moderation?: Moderation;
  /** What to ask next, by the conversation; may throw, as a model may. */
  readonly suggest?: (history: readonly Exchange[]) => readonly string[];
  readonly speech?: Speech;
  /** Of an app of mode `advanced-chat` or `workflow`: what it runs. */
  readonly workflow?: Workflow;
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
  readonly text_to_speech: TextToSpeech;
  readonly retriever_resource: object;
  readonly annotation_reply: object;
  readonly more_like_this: object;
  readonly user_input_form: readonly FormEntry[];
  readonly sensitive_word_avoidance: object;
  readonly file_upload: FileUpload;
  readonly system_parameters: object;
}

export interface TextToSpeech {
  readonly enabled: boolean;
  readonly voice?: string;
  readonly language?: string;
  /** `enabled`: every streamed answer is followed by its sound. */
  readonly autoPlay?: 'enabled' | 'disabled';
}

/** Which files a message may have. Off unless `enabled`. */
export interface FileUpload {
  readonly enabled?: boolean;
  readonly allowed_file_types?: readonly string[];
  /** With their dots, for files of type `custom`. */
  readonly allowed_file_extensions?: readonly string[];
  readonly allowed_file_upload_methods?: readonly string[];
  /** Of all, and of images too. */
  readonly number_limits?: number;
  readonly image?: object;
  readonly fileUploadConfig?: object;
}

/** One control of the form: an object with a single key, the control's type. */
export type FormEntry = Readonly<Record<string, Control>>;

export interface Control {
  /** In a chatflow or workflow: its type once more. */
  readonly type?: string;
  readonly label: string;
  readonly variable: string;
  readonly required: boolean;
  readonly default?: unknown;
  /** Of a `json_object`; the server shows it and checks nothing. */
  readonly json_schema?: unknown;
  /** Characters of a text; files of a list. */
  readonly max_length?: number;
  readonly options?: readonly string[];
  readonly allowed_file_types?: readonly string[];
  readonly allowed_file_extensions?: readonly string[];
  readonly allowed_file_upload_methods?: readonly string[];
}

/** A chatflow's and a workflow's parameters are those of the version that was published last. */
export function latestParameters({ parameters: own, workflow }: App): Parameters {
  return workflow?.versions.at(-1)?.parameters ?? own;
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
