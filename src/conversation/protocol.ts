import type { HumanInputForm } from '../dify/form.ts';
import type { AppChoice, AppFace, Notice } from './appFace.ts';
import { emptyConversation, type ContextItem, type Conversation, type SentFile } from './conversation.ts';
import type { ConversationEvent } from './events.ts';
import type { FormValues } from './inputForm.ts';
import type { Upload } from './upload.ts';

/** A question that waits until the answer before it has ended. */
export interface Queued {
  readonly key: string;
  readonly text: string;
  readonly contexts: readonly ContextItem[];
  readonly files: readonly SentFile[];
}

/** Where code of an answer would go: into the editor that was active last. */
export interface EditorTarget {
  /** Base name of the file. */
  readonly file: string;
  /** Where the cursor is, from 1. */
  readonly line: number;
  /** What of it is selected, so that it can be attached or replaced. */
  readonly selection: ContextItem | undefined;
}

/** A row of the list of conversations: of the server, of this workspace, or of both. */
export interface ConversationRow {
  readonly key: string;
  /** '' for one without a name: then `firstQuestion` is shown. */
  readonly name: string;
  readonly firstQuestion: string;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  readonly pinned: boolean;
  readonly state: 'idle' | 'answering' | 'needsYou' | 'draft';
  /** Kept on this computer for this workspace; the others are on the server only. */
  readonly local: boolean;
  /** Where the search found something in a text: that piece of it. */
  readonly excerpt: string | undefined;
}

/** The list of conversations as far as it was read. */
export interface ConversationList {
  readonly rows: readonly ConversationRow[];
  readonly search: string;
  readonly scope: 'workspace' | 'all';
  readonly state: 'reading' | 'read' | 'failed';
  /** Why the server's part is missing; '' if it is not. */
  readonly problem: string;
  readonly hasMore: boolean;
  /** Deleted a moment ago and still to be had back. */
  readonly deleted: { readonly key: string; readonly title: string } | undefined;
}

/** A variable that a chatflow keeps for the conversation. Values as the server writes them: Python's notation. */
export interface VariableRow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly value: string;
}

export interface Variables {
  readonly rows: readonly VariableRow[];
  readonly state: 'reading' | 'read' | 'failed';
  /** What went wrong in reading or in the last change; '' for nothing. */
  readonly problem: string;
}

/** What can be attached by `@`, best match first. */
export interface Mentions {
  readonly filter: string;
  readonly items: readonly ContextItem[];
}

/** A command that `/` offers. */
export interface SlashCommand {
  /** Without the slash: `new`, or the id of a recipe. */
  readonly name: string;
  readonly description: string;
}

/** The form before the first question, as far as it is filled in. */
export interface FormState {
  /** What the person gave, of the fields that they touched. */
  readonly values: FormValues;
  /** Files that are on their way: by variable, what is uploaded of each. */
  readonly uploads: readonly { readonly variable: string; readonly name: string; readonly percent: number }[];
  /** By variable: what the editor's side found wrong, like a file that is too large. */
  readonly problems: Readonly<Record<string, string>>;
  /** By variable of a file field: what it takes, for people, like "documents, up to 3, 15 MB each". */
  readonly takes: Readonly<Record<string, string>>;
  /** A question that came before the form was filled in, and is asked after that. `at` is another one with each attempt. */
  readonly waiting: { readonly query: string; readonly at: number } | undefined;
  /** The app asks for more than was filled in when the conversation began: its owner changed the form. */
  readonly outdated: boolean;
  /** Whether the server reads the inputs with every question; else with the first one only. */
  readonly rereads: boolean;
}

/** Nothing filled in. */
export const emptyForm: FormState = {
  values: {},
  uploads: [],
  problems: {},
  takes: {},
  waiting: undefined,
  outdated: false,
  rereads: true,
};

/** What stands in a form that a run waits for, and what becomes of it. */
export interface HumanInputState extends Pick<FormState, 'values' | 'uploads' | 'problems' | 'takes'> {
  /** The form as it was read by its token: its variables are filled in, which they are not in every event that tells it. */
  readonly read: Pick<HumanInputForm, 'form_content' | 'inputs'> | undefined;
  /** The id of the action that is on its way, or was taken. */
  readonly submitting: string | undefined;
  /** Why it was not taken, or ''. */
  readonly problem: string;
}

/** Nothing done in a form. */
export const emptyHumanInput: HumanInputState = {
  values: {},
  uploads: [],
  problems: {},
  takes: {},
  read: undefined,
  submitting: undefined,
  problem: '',
};

/** An answer that is spoken. The page plays it; one at a time. */
export interface Speech {
  /** Of the message. */
  readonly key: string;
  readonly state: 'reading' | 'ready' | 'failed';
  /** A `data:` address of the sound, when ready. */
  readonly audio: string;
  /** Why it failed, or ''. */
  readonly problem: string;
  /** Because the app's owner wants it; else the view where the person asked for it plays it. */
  readonly unasked: boolean;
}

/** What became of a file of an answer that was asked for. */
export interface FetchedFile {
  readonly state: 'fetching' | 'shown' | 'failed' | 'expired';
  /** A `data:` address of a picture or a sound, when it is shown. */
  readonly data: string;
  /** Why it failed, or ''. */
  readonly problem: string;
}

/** Where in the workspace a piece of knowledge stands that an answer used. */
export interface SourcePlace {
  readonly state: 'looking' | 'found' | 'none';
  /** Of the file, as the person knows it; '' unless found. */
  readonly path: string;
  /** First and last line, from 1; `undefined` where only the name is the same. */
  readonly lines: readonly [first: number, last: number] | undefined;
}

export interface PageSettings {
  /** The key that sends. */
  readonly sendKey: 'enter' | 'ctrlEnter' | 'shiftEnter';
  /** Pixels; 0 for that of VS Code. */
  readonly fontSize: number;
  /** Where a growing answer keeps the reader: at its end, at its beginning, or where they are. */
  readonly scroll: 'follow' | 'top' | 'off';
}

/** All that the page shows. */
export interface ChatState {
  /** `undefined`: no chat app is connected yet. */
  readonly app: AppFace | undefined;
  readonly apps: readonly AppChoice[];
  readonly conversation: Conversation;
  /** What was typed and not yet taken by the server. */
  readonly draft: string;
  /** What will go along with the next question. */
  readonly contexts: readonly ContextItem[];
  /** The files that will. */
  readonly uploads: readonly Upload[];
  readonly queue: readonly Queued[];
  /** After a failure the queue waits for the person. */
  readonly queueHeld: boolean;
  /** Questions that the app suggests after its last answer. */
  readonly followUps: readonly string[];
  readonly form: FormState;
  /** The forms that runs of the shown conversation wait for, by `form_id`, where anything is known of them. */
  readonly humanInput: Readonly<Record<string, HumanInputState>>;
  readonly editor: EditorTarget | undefined;
  /** `undefined` before it was opened. */
  readonly list: ConversationList | undefined;
  readonly variables: Variables | undefined;
  readonly mentions: Mentions | undefined;
  readonly slash: readonly SlashCommand[];
  readonly speech: Speech | undefined;
  /** Files of answers by their places, see `placeOf`. Those that nobody asked for are not in it. */
  readonly fetched: Readonly<Record<string, FetchedFile>>;
  /** Whether pictures from the app's own server are shown unasked. */
  readonly showsImages: boolean;
  /** By message and place in its citations: `{key} {index from 0}`. */
  readonly sources: Readonly<Record<string, SourcePlace>>;
  readonly notices: readonly Notice[];
  readonly settings: PageSettings;
}

/** What a view shows before anything is known. */
export const emptyChat: ChatState = {
  app: undefined,
  apps: [],
  conversation: emptyConversation,
  draft: '',
  contexts: [],
  uploads: [],
  queue: [],
  queueHeld: false,
  followUps: [],
  form: emptyForm,
  humanInput: {},
  editor: undefined,
  list: undefined,
  variables: undefined,
  mentions: undefined,
  slash: [],
  speech: undefined,
  fetched: {},
  showsImages: false,
  sources: {},
  notices: [],
  settings: { sendKey: 'enter', fontSize: 0, scroll: 'follow' },
};

/** Members of the state that are told as a whole when they change; conversation and draft have events of their own. */
export type StateChange = Partial<Omit<ChatState, 'conversation' | 'draft'>>;

/** What a command of VS Code asks of the page. */
export type PageCommand =
  | 'focus'
  | 'find'
  | 'conversations'
  | 'variables'
  | 'previousMessage'
  | 'nextMessage'
  | 'copyLastAnswer'
  | 'insertLastCode'
  | 'editInputs'
  | 'pastePicture';

/** Something changed in the {@link ChatState} that the page has. */
export type ChatEvent =
  | ConversationEvent
  | { readonly type: 'changed'; readonly state: StateChange }
  /** What became of one file; `undefined` where it is let go of. All of them at once would be megabytes, each time. */
  | { readonly type: 'fetched'; readonly place: string; readonly file: FetchedFile | undefined }
  /** Another view of the same chat typed: the composer shows it too, where it shows the conversation of that key. */
  | { readonly type: 'drafted'; readonly key: string; readonly text: string }
  /** The server did not take what was sent: the text goes back to the composer, unless something else was typed there. */
  | { readonly type: 'draftReturned'; readonly text: string }
  /** Something to ask about goes under what is typed in the composer. */
  | { readonly type: 'draftAdded'; readonly text: string }
  | { readonly type: 'command'; readonly command: PageCommand }
  /** Brings the answer of the message `key` into sight. */
  | { readonly type: 'reveal'; readonly key: string };

/**
 * Extension host → page. A `snapshot` answers every `ready`; events follow it in order, each with the next number.
 * A gap in the numbers means a lost message: the page asks for a snapshot by another `ready`.
 */
export type ToWebview =
  | { readonly type: 'snapshot'; readonly seq: number; readonly state: ChatState }
  | { readonly type: 'events'; readonly seq: number; readonly events: readonly ChatEvent[] };
