import { EventEmitter, type Disposable } from 'vscode';
import { emptyConversation } from '../../../conversation/conversation.ts';
import { fileRulesIn } from '../../../conversation/fileProblem.ts';
import { fieldsOf, type FormValues } from '../../../conversation/inputForm.ts';
import { filesIn, isRunApp } from '../../../conversation/runApps.ts';
import { formProblems, refusedVariable } from '../../../conversation/inputProblem.ts';
import type { StateChange } from '../../../conversation/protocol.ts';
import type { AppParameters } from '../../../dify/app.ts';
import type { InputControl } from '../../../dify/inputForm.ts';
import type { Fields } from '../../../dify/json.ts';
import type { App } from '../../app.ts';
import { t } from '../../words.ts';
import type { FormPorts, Submitted } from './formPorts.ts';
import { Fillings, nothing, type Filling } from './fillings.ts';
import { FormFiles, type FileField } from './formFiles.ts';
import { newInputs, rereadsInputs, sentBy, soundValues, valuesBefore } from './formValues.ts';
import type { Acts, ChatPart } from '../part.ts';
import type { Happened, Home } from '../talk.ts';

/** How long reading the form may take, in milliseconds: a question waits for it. */
const patience = 10_000;

/** A conversation and its form. */
interface Form {
  readonly app: App;
  readonly key: string;
  readonly inputs: Fields | undefined;
  readonly filling: Filling;
}

/** The form that an app asks for before the first question: what stands there, and what becomes of it. */
export class FormPart implements ChatPart, Disposable {
  readonly #ports: FormPorts;
  readonly #files: FormFiles;
  readonly #fillings = new Fillings();
  /** Conversations whose form is being submitted. */
  readonly #starting = new Set<string>();
  readonly #changed = new EventEmitter<StateChange>();
  readonly #listening: readonly Disposable[];
  readonly onDidChange = this.#changed.event;

  constructor(ports: FormPorts) {
    this.#ports = ports;
    this.#files = new FormFiles(ports, {
      values: ({ app, key }) => this.#valuesOf(app, key),
      keep: ({ app, key }, values) => this.#keep(app, key, values),
      refuse: ({ app, key }, problems) => {
        const filling = this.#fillings.of(app, key);
        filling.problems = { ...filling.problems, ...problems };
      },
      changed: () => this.#tell(),
    });
    this.#listening = [
      ports.talk.onDidShow(() => void this.#shown()),
      ports.talk.onDidHappen((happened) => void this.#follow(happened)),
      ports.talk.onDidForget(({ key }) => this.#fillings.forget(key)),
    ];
  }

  state(): StateChange {
    const shown = this.#shown();
    if (shown === undefined) return {};
    const { app, key, filling } = shown;
    const { waiting, outdated, problems } = filling;
    const limits = this.#ports.details.knownParameters(app)?.systemParameters;
    const files = this.#form(app).filter((control) => control.files !== undefined);
    return {
      form: {
        values: this.#ports.drafts.of(app.id, key),
        uploads: this.#files.uploads(key),
        problems,
        takes: Object.fromEntries(files.map((control) => [control.variable, fileRulesIn(control, limits, t)])),
        waiting,
        outdated,
        rereads: rereadsInputs(app),
      },
    };
  }

  /**
   * Whether the question may be asked now; the form is submitted with that, where nothing is missing. Else the page shows what is, and
   * the question is asked after it.
   */
  async ready(query: string, home: Home): Promise<boolean> {
    const asked = this.#formOf(home);
    if (asked === undefined) return true;
    const { app, key, inputs, filling } = asked;
    if (inputs !== undefined && app.mode !== 'advanced-chat') return true;
    const parameters = this.#ports.details.knownParameters(app) ?? (await this.#parameters(app));
    const form = sentBy(parameters);
    if (form.length === 0) return true;
    const values = inputs === undefined ? this.#valuesOf(app, key) : valuesBefore(form, inputs);
    const problems = formProblems(fieldsOf(form), values, t);
    if (problems.length === 0) {
      if (inputs === undefined) await this.#submit(asked, newInputs(form, values, undefined));
      return true;
    }
    filling.waiting = { query, at: Date.now() };
    filling.outdated = inputs !== undefined;
    this.#tell();
    return false;
  }

  acts(): Pick<Acts, 'form' | 'start' | 'changeInputs' | 'chooseFiles' | 'dropFiles' | 'cancelUpload'> {
    return {
      form: ({ key, values }) => this.#typed(key, values),
      start: ({ key, values, query }) => this.#start(this.#meant(key, values), values, query),
      changeInputs: ({ key, values, where }) => this.#change(this.#meant(key, values), values, where),
      chooseFiles: ({ variable }) => this.#withField(variable, (field) => this.#files.choose(field)),
      dropFiles: ({ variable, uris }) => this.#withField(variable, (field) => this.#files.drop(field, uris)),
      cancelUpload: ({ variable, name }) => this.#withField(variable, (field) => this.#files.cancel(field, name)),
    };
  }

  /** Submits the form of the conversation to run its app. @returns `undefined` if something is to be mended, or it is being submitted */
  async submit(key: string, values: FormValues): Promise<Submitted | undefined> {
    const shown = this.#meant(key, values);
    return shown === undefined ? undefined : await this.#submitOnce(shown, values);
  }

  /** Fills the form of the conversation in anew. */
  refill(app: App, key: string, values: FormValues): void {
    this.#keep(app, key, values);
    this.#tell();
  }

  dispose(): void {
    for (const one of [...this.#listening, this.#changed]) one.dispose();
  }

  #typed(key: string, values: FormValues): void {
    const app = this.#fillings.get(key)?.app;
    if (app === undefined) return;
    this.#take(app, key, values);
    this.#tell();
  }

  /** The form that a button was pressed in. What was typed in one that is not shown any more waits there. */
  #meant(key: string | undefined, values: FormValues): Form | undefined {
    const shown = this.#shown();
    if (key === undefined || key === shown?.key) return shown;
    this.#typed(key, values);
    return undefined;
  }

  async #start(shown: Form | undefined, values: FormValues, query: string): Promise<void> {
    const isOpen = shown !== undefined && (shown.inputs === undefined || shown.filling.outdated);
    if (!isOpen || (await this.#submitOnce(shown, values)) === undefined) return;
    // The form may have been read for a while: its own conversation is asked, whichever is shown by then.
    if (query.trim() !== '') await this.#ports.talk.send(query, shown.key);
  }

  /** Submits the form, unless something is to be mended, or it is being submitted: pressed twice, or on two pages. */
  async #submitOnce(shown: Form, values: FormValues): Promise<Submitted | undefined> {
    const { app, key } = shown;
    if (this.#starting.has(key)) return undefined;
    this.#starting.add(key);
    try {
      const inputs = await this.#checked(shown, values);
      if (inputs === undefined) return undefined;
      const form = this.#form(app);
      const files = filesIn(form, this.#valuesOf(app, key));
      await this.#submit(shown, inputs);
      return { form, inputs, files };
    } finally {
      this.#starting.delete(key);
    }
  }

  async #change(shown: Form | undefined, values: FormValues, where: 'here' | 'newConversation'): Promise<void> {
    const { talk } = this.#ports;
    if (shown === undefined) return;
    const inputs = await this.#checked(shown, values);
    if (inputs === undefined) return;
    if (where === 'here') return await this.#submit(shown, inputs);
    this.#forget(shown);
    await talk.newConversation();
    const key = talk.conversation?.key ?? shown.key;
    if (key === shown.key) return;
    const form = new Set(this.#form(shown.app).map(({ variable }) => variable));
    const own = Object.entries(inputs).filter(([variable]) => form.has(variable));
    await talk.apply(shown.app.id, key, { type: 'inputsSet', inputs: Object.fromEntries(own) });
  }

  /** The inputs, if nothing is to be mended: the form is looked at as it is now. */
  async #checked({ app, key, inputs, filling }: Form, values: FormValues): Promise<Fields | undefined> {
    this.#take(app, key, values);
    const form = sentBy(await this.#parameters(app));
    const given = this.#valuesOf(app, key);
    const problems = formProblems(fieldsOf(form), given, t);
    filling.problems = Object.fromEntries(problems.map(({ variable, sentence }) => [variable, sentence]));
    const isUploading = this.#files.uploads(key).length > 0;
    const before = isRunApp(app.mode) ? undefined : inputs;
    if (problems.length === 0 && !isUploading) return newInputs(form, given, before);
    this.#tell();
    return undefined;
  }

  async #submit(shown: Form, inputs: Fields): Promise<void> {
    await this.#ports.talk.apply(shown.app.id, shown.key, { type: 'inputsSet', inputs });
    this.#forget(shown);
  }

  /** Nothing is left to be submitted. */
  #forget({ app, key, filling }: Form): void {
    Object.assign(filling, nothing);
    this.#ports.drafts.keep(app.id, key, {});
    this.#tell();
  }

  /** What the server refuses of the form shows that its owner changed it. */
  async #follow({ appId, key, event }: Happened): Promise<void> {
    const filling = this.#fillings.get(key);
    if (event.type !== 'run' || event.event.type !== 'failed' || filling?.app.id !== appId) return;
    const variable = refusedVariable(event.event.failure.details);
    if (variable === undefined) return;
    const form = await this.#ports.details
      .reread(filling.app, AbortSignal.timeout(patience))
      .catch(() => undefined)
      .then(sentBy);
    if (!form.some((control) => control.variable === variable)) return;
    filling.outdated = true;
    this.#tell();
  }

  async #withField(variable: string, work: (field: FileField) => unknown): Promise<void> {
    const shown = this.#shown();
    const control = shown && this.#form(shown.app).find((each) => each.variable === variable);
    if (shown === undefined || control?.files === undefined) return;
    const { [variable]: _, ...others } = shown.filling.problems;
    shown.filling.problems = others;
    await work({ app: shown.app, key: shown.key, control });
  }

  /** Takes over what a page says: see {@link soundValues}. */
  #take(app: App, key: string, values: FormValues): void {
    const filling = this.#fillings.of(app, key);
    this.#keep(app, key, soundValues(this.#form(app), values, this.#valuesOf(app, key)));
    filling.problems = Object.fromEntries(Object.entries(filling.problems).filter(([name]) => !(name in values)));
  }

  #keep(app: App, key: string, values: FormValues): void {
    const { drafts } = this.#ports;
    drafts.keep(app.id, key, { ...drafts.of(app.id, key), ...values });
  }

  /** What stands in all fields. */
  #valuesOf(app: App, key: string): FormValues {
    const { inputs, messages } = this.#ports.talk.opened(app.id, key) ?? emptyConversation;
    const sent = messages.flatMap(({ files }) => files);
    return { ...valuesBefore(this.#form(app), inputs, sent), ...this.#ports.drafts.of(app.id, key) };
  }

  async #parameters(app: App): Promise<AppParameters | undefined> {
    const { details } = this.#ports;
    // A failure was logged where it was read; what was known before is as good as can be.
    return await details.parameters(app, AbortSignal.timeout(patience)).catch(() => details.knownParameters(app));
  }

  #form(app: App): readonly InputControl[] {
    return sentBy(this.#ports.details.knownParameters(app));
  }

  #shown(): Form | undefined {
    const { app, conversation } = this.#ports.talk;
    if (app === undefined || conversation === undefined) return undefined;
    const { key, inputs } = conversation;
    return { app, key, inputs, filling: this.#fillings.of(app, key) };
  }

  /** Whatever is asked was written in a conversation that was shown then. */
  #formOf({ appId, key }: Home): Form | undefined {
    const { talk } = this.#ports;
    const filling = this.#fillings.get(key);
    const conversation = talk.opened(appId, key);
    if (filling === undefined || conversation === undefined) return undefined;
    const app = talk.app?.id === appId ? talk.app : filling.app;
    return { app, key, inputs: conversation.inputs, filling };
  }

  #tell(): void {
    this.#changed.fire(this.state());
  }
}
