import type { SentFile } from '../../../conversation/conversation.ts';
import type { FormValues } from '../../../conversation/inputForm.ts';
import type { InputControl } from '../../../dify/inputForm.ts';
import type { Fields } from '../../../dify/json.ts';
import type { AppDetails } from '../../appDetails.ts';
import type { Talk } from '../talk.ts';
import type { FormFilePorts } from './formFiles.ts';

/** What was typed into forms and not submitted: it belongs to its conversation. */
export interface FormDrafts {
  of(appId: string, key: string): FormValues;
  /** Takes the place of what there was. */
  keep(appId: string, key: string, values: FormValues): void;
}

export interface FormPorts extends FormFilePorts {
  readonly talk: Pick<
    Talk,
    | 'app'
    | 'conversation'
    | 'opened'
    | 'onDidShow'
    | 'onDidHappen'
    | 'onDidForget'
    | 'apply'
    | 'send'
    | 'newConversation'
  >;
  readonly details: Pick<AppDetails, 'parameters' | 'knownParameters' | 'reread'>;
  readonly drafts: FormDrafts;
}

/** A form that was submitted: what it asked for, and what it was filled in with. */
export interface Submitted {
  readonly form: readonly InputControl[];
  readonly inputs: Fields;
  /** The files among the inputs. */
  readonly files: readonly SentFile[];
}
