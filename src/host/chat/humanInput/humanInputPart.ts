import { EventEmitter, type Disposable } from 'vscode';
import type { Conversation, Message } from '../../../conversation/conversation.ts';
import type { ConversationEvent } from '../../../conversation/events.ts';
import { describe } from '../../../conversation/failure.ts';
import { fileRulesIn } from '../../../conversation/fileProblem.ts';
import {
  answerInputs,
  answerProblems,
  controlsOf,
  isAnsweredHere,
  openForms,
} from '../../../conversation/humanInput.ts';
import { firstValues, type FormValues } from '../../../conversation/inputForm.ts';
import type { InputControl } from '../../../conversation/inputForm.ts';
import { emptyHumanInput, type HumanInputState, type StateChange } from '../../../conversation/protocol.ts';
import type { HumanInputForm } from '../../../dify/form.ts';
import type { App } from '../../app.ts';
import { t, wordsFor } from '../../words.ts';
import { FormFiles, type FileField, type FormFilePorts } from '../form/formFiles.ts';
import { soundValues } from '../form/formValues.ts';
import type { OpenConversation } from '../openConversation.ts';
import type { Acts, ChatPart } from '../part.ts';
import type { Happened, Home, Talk } from '../talk.ts';
import { submitted } from './submission.ts';
import { WaitingRuns, type WaitingPorts } from './waitingRuns.ts';

/** What was typed into the forms of a conversation's runs and not submitted, by `form_id`. */
export interface HumanInputDrafts {
  of(home: Home): Readonly<Record<string, FormValues>>;
  /** Takes the place of what there was. */
  keep(home: Home, values: Readonly<Record<string, FormValues>>): void;
}

export interface HumanInputPorts extends FormFilePorts, Omit<WaitingPorts, 'read'> {
  readonly talk: Pick<Talk, 'conversation' | 'onDidShow' | 'onDidHappen'> & {
    /** The open conversation of this key. */
    find(key: string): OpenConversation | undefined;
  };
  readonly appOf: (appId: string) => App | undefined;
  readonly drafts: HumanInputDrafts;
  /** See `ChatPorts`. */
  readonly readsUnasked: () => boolean;
}

/** What goes on in a form, beside what stands in its fields. */
interface Filling extends Pick<HumanInputState, 'read' | 'submitting' | 'problem' | 'problems'> {
  readonly home: Home;
}

/** A form that a run waits for, and where it stands. */
interface Place {
  readonly app: App;
  readonly open: OpenConversation;
  readonly message: Message;
  readonly form: HumanInputForm;
  readonly controls: readonly InputControl[];
}

/** The forms that runs wait for: what stands there, and what becomes of it. */
export class HumanInputPart implements ChatPart, Disposable {
  readonly #ports: HumanInputPorts;
  readonly #files: FormFiles;
  readonly #runs: WaitingRuns;
  readonly #fillings = new Map<string, Filling>();
  readonly #changed = new EventEmitter<StateChange>();
  readonly #listening: readonly Disposable[];
  readonly onDidChange = this.#changed.event;

  constructor(ports: HumanInputPorts) {
    this.#ports = ports;
    const { talk } = ports;
    // What `FormFiles` calls the key of a conversation is the id of a form here.
    this.#files = new FormFiles(ports, {
      values: ({ key }) => this.#draftOf(key),
      keep: ({ key }, values) => this.#keep(key, values),
      refuse: ({ key }, problems) =>
        this.#note(key, { problems: { ...this.#fillings.get(key)?.problems, ...problems } }),
      changed: () => this.#tell(),
    });
    this.#runs = new WaitingRuns({
      ...ports,
      read: ({ form_id, form_content, inputs }) => {
        this.#note(form_id, { read: { form_content, inputs } });
        this.#tell();
      },
    });
    this.#listening = [
      talk.onDidShow(() => this.#visit(talk.conversation)),
      talk.onDidHappen((happened) => this.#follow(happened)),
    ];
  }

  state(): StateChange {
    const { conversation } = this.#ports.talk;
    const forms = (conversation?.messages ?? []).flatMap(({ run }) => openForms(run));
    const states = forms.flatMap(({ form_id }) => {
      const place = this.#place(conversation?.key ?? '', form_id);
      return place === undefined ? [] : [[form_id, this.#stateOf(place)]];
    });
    return { humanInput: Object.fromEntries(states) };
  }

  acts(): Pick<Acts, 'fillHumanInput' | 'submitHumanInput' | 'lookAtRun'> & FileActs {
    return {
      fillHumanInput: ({ key, form, values }) => {
        const place = this.#place(key, form);
        if (place === undefined) return;
        this.#take(place, values);
        this.#tell();
      },
      submitHumanInput: ({ key, form, action, values }) => this.#submit(this.#place(key, form), action, values),
      lookAtRun: ({ key }) => {
        const { conversation } = this.#ports.talk;
        const waiting = conversation && this.#waiting(conversation, key);
        return waiting && this.#runs.look(waiting);
      },
      chooseFiles: ({ variable, form }) => this.#withField(form, variable, (field) => this.#files.choose(field)),
      dropFiles: ({ variable, form, uris }) =>
        this.#withField(form, variable, (field) => this.#files.drop(field, uris)),
      cancelUpload: ({ variable, form, name }) =>
        this.#withField(form, variable, (field) => this.#files.cancel(field, name)),
    };
  }

  dispose(): void {
    for (const one of [...this.#listening, this.#changed, this.#runs]) one.dispose();
  }

  #stateOf({ app, form, controls }: Place): HumanInputState {
    const { form_id: id } = form;
    const { read, submitting, problem, problems } = this.#fillings.get(id) ?? emptyHumanInput;
    const limits = this.#ports.details.knownParameters(app)?.systemParameters;
    const files = controls.filter((control) => control.files !== undefined);
    const takes = Object.fromEntries(files.map((control) => [control.variable, fileRulesIn(control, limits, t)]));
    return {
      values: this.#draftOf(id),
      uploads: this.#files.uploads(id),
      problems,
      takes,
      read,
      submitting,
      problem,
    };
  }

  async #submit(place: Place | undefined, action: string, values: FormValues): Promise<void> {
    if (place === undefined || !this.#isOffered(place, action)) return;
    const { app, open, message, form, controls } = place;
    const { form_id: id } = form;
    this.#take(place, values);
    const given = { ...firstValues(controls), ...this.#draftOf(id) };
    const isReady = this.#judge(place, given);
    if (isReady) this.#note(id, { submitting: action });
    this.#tell();
    if (!isReady) return;
    const answer = { form, action, inputs: answerInputs(controls, given) };
    const error = await submitted({ app, open, key: message.key }, answer, { ...this.#ports, runs: this.#runs });
    if (error === undefined) this.#forget(id);
    else this.#note(id, { submitting: undefined, problem: sentenceOf(error, app) });
    this.#tell();
  }

  /** Pressed twice, or on two pages: the first one counts. */
  #isOffered({ form }: Place, action: string): boolean {
    const isOffered = isAnsweredHere(form) && form.actions.some(({ id }) => id === action);
    return isOffered && this.#fillings.get(form.form_id)?.submitting === undefined;
  }

  /** @returns whether nothing is to be mended, and nothing in the way */
  #judge({ open, form: { form_id: id }, controls }: Place, given: FormValues): boolean {
    const problems = answerProblems(controls, given, t);
    const problem = open.answering ? t('Another answer is under way here. Answer the form when it has ended.') : '';
    this.#note(id, { problems, problem });
    return problem === '' && Object.keys(problems).length === 0 && this.#files.uploads(id).length === 0;
  }

  /** Nothing of it is left to be submitted. */
  #forget(id: string): void {
    const home = this.#fillings.get(id)?.home;
    if (home === undefined) return;
    const { [id]: _, ...others } = this.#ports.drafts.of(home);
    this.#ports.drafts.keep(home, others);
    this.#note(id, { submitting: undefined });
  }

  #follow({ key, event }: Happened): void {
    const { talk } = this.#ports;
    const isShown = key === talk.conversation?.key;
    const pauses = event.type === 'run' && event.event.type === 'paused';
    if (!pauses && !(isShown && bringsMessages(event))) return;
    this.#visit(talk.find(key)?.conversation);
    if (isShown) this.#tell();
  }

  /** Looks at what waits in a conversation, where servers may be asked. */
  #visit(conversation: Conversation | undefined): void {
    if (conversation === undefined || !this.#ports.readsUnasked()) return;
    for (const { key, run } of conversation.messages) {
      const waiting = run.status.type === 'paused' ? this.#waiting(conversation, key) : undefined;
      if (waiting !== undefined) void this.#runs.visit(waiting);
    }
  }

  #waiting(conversation: Conversation, key: string) {
    const open = this.#ports.talk.find(conversation.key);
    const app = open && this.#ports.appOf(open.appId);
    return app === undefined || open === undefined ? undefined : { app, open, key };
  }

  async #withField(id = '', variable: string, work: (field: FileField) => unknown): Promise<void> {
    const place = this.#place(this.#ports.talk.conversation?.key ?? '', id);
    const control = place?.controls.find((each) => each.variable === variable);
    if (place === undefined || control?.files === undefined) return;
    this.#mend(id, [variable]);
    await work({ app: place.app, key: id, control });
  }

  /** Takes over what a page says: see {@link soundValues}. */
  #take({ form: { form_id: id }, controls }: Place, values: FormValues): void {
    this.#keep(id, soundValues(controls, values, this.#draftOf(id)));
    this.#mend(id, Object.keys(values));
  }

  /** What was wrong in these fields may not be any more. */
  #mend(id: string, variables: readonly string[]): void {
    const problems = Object.entries(this.#fillings.get(id)?.problems ?? {});
    this.#note(id, { problems: Object.fromEntries(problems.filter(([name]) => !variables.includes(name))) });
  }

  #draftOf(id: string): FormValues {
    const home = this.#fillings.get(id)?.home;
    const drafts = home === undefined ? {} : this.#ports.drafts.of(home);
    // A server gives the ids.
    return (Object.hasOwn(drafts, id) ? drafts[id] : undefined) ?? {};
  }

  #keep(id: string, values: FormValues): void {
    const home = this.#fillings.get(id)?.home;
    if (home === undefined) return;
    const drafts = this.#ports.drafts.of(home);
    this.#ports.drafts.keep(home, { ...drafts, [id]: { ...this.#draftOf(id), ...values } });
  }

  #note(id: string, change: Partial<Filling>): void {
    const filling = this.#fillings.get(id);
    if (filling !== undefined) this.#fillings.set(id, { ...filling, ...change });
  }

  #place(key: string, id: string): Place | undefined {
    const open = this.#ports.talk.find(key);
    const message = open?.conversation.messages.findLast(({ run }) => openForms(run).some(isOf(id)));
    const told = message && openForms(message.run).find(isOf(id));
    const app = open && this.#ports.appOf(open.appId);
    if (open === undefined || app === undefined || message === undefined || told === undefined) return undefined;
    const { read } = this.#filling(id, { appId: open.appId, key });
    const form = { ...told, ...read };
    return { app, open, message, form, controls: controlsOf(form) };
  }

  #filling(id: string, home: Home): Filling {
    const { read, submitting, problem, problems } = emptyHumanInput;
    const filling = this.#fillings.get(id) ?? { home, read, submitting, problem, problems };
    this.#fillings.set(id, filling);
    return filling;
  }

  #tell(): void {
    this.#changed.fire(this.state());
  }
}

/** Files of the fields of forms. */
type FileActs = Pick<Acts, 'chooseFiles' | 'dropFiles' | 'cancelUpload'>;

/** The acts for both kinds of forms: those of runs are named in the message. */
export function fileActs(ofForm: FileActs, ofRuns: FileActs): FileActs {
  return {
    chooseFiles: (message) => (message.form === undefined ? ofForm : ofRuns).chooseFiles(message),
    dropFiles: (message) => (message.form === undefined ? ofForm : ofRuns).dropFiles(message),
    cancelUpload: (message) => (message.form === undefined ? ofForm : ofRuns).cancelUpload(message),
  };
}

/** Whether the event may bring runs that wait, or tell of their forms. */
function bringsMessages({ type }: ConversationEvent): boolean {
  return type === 'refreshed' || type === 'joined';
}

function isOf(id: string): (form: HumanInputForm) => boolean {
  return ({ form_id }) => form_id === id;
}

function sentenceOf(error: unknown, app: App): string {
  const { fact, advice } = describe(error, wordsFor(app));
  return [fact, advice].join(' ').trim();
}
