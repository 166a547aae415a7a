import * as v from 'valibot';
import { isFields, type Fields } from '../dify/json.ts';
import { remedies } from './failure.ts';
import { hideableNotices } from './appFace.ts';

/** What a person may want of the host that needs no more words. */
const wishes = [
  'connect',
  'startDemo',
  'leaveDemo',
  'howItWorks',
  'switchApp',
  'manageApps',
  'pinVersion',
  'changeAddress',
  'retryConnection',
  'showLog',
  'stop',
  'retryNow',
  'newConversation',
  'moreConversations',
  'closeConversations',
  'undoDelete',
  'readVariables',
  'closeVariables',
  'closeMentions',
  'stopSpeech',
  'resumeQueue',
  'attachFiles',
  'transcribe',
] as const;
export type Wish = (typeof wishes)[number];

/** Longest text that a message may carry, in UTF-16 code units. */
const text = v.pipe(v.string(), v.maxLength(1_000_000));
/** A key, a name or an address. */
const word = v.pipe(v.string(), v.maxLength(4_096));
const place = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000));
const file = v.object({ name: word, mapping: v.custom<Fields>(isFields), size: v.optional(v.number()) });
/** A file in Base64: 15 MB, and what Base64 adds. */
const bytes = v.pipe(v.string(), v.maxLength(21_000_000));
const formValues = v.record(word, v.union([text, v.boolean(), v.pipe(v.array(file), v.readonly())]));

const chat = [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.picklist(wishes) }),
  v.object({ type: v.literal('hideNotice'), kind: v.picklist(hideableNotices) }),
  v.object({ type: v.literal('showNotice'), kind: v.picklist(hideableNotices) }),
  v.object({ type: v.literal('copy'), text }),
  v.object({ type: v.literal('openLink'), href: word }),
  v.object({ type: v.literal('chooseApp'), id: word }),
  /** Larger (1), smaller (-1) or as in VS Code (0). */
  v.object({ type: v.literal('fontSize'), step: v.picklist([-1, 0, 1]) }),
] as const;

const composer = [
  /** Asks, or queues while an answer is under way. What is attached goes along. `key` is that of the conversation it was written in. */
  v.object({ type: v.literal('send'), query: text, key: v.optional(word) }),
  /** The text in the composer changed; `key` is the conversation's. */
  v.object({ type: v.literal('draft'), text, key: v.optional(word) }),
  /** A queued question: back into the composer, out, one place up or down, or now, stopping the answer. */
  v.object({ type: v.literal('queue'), what: v.picklist(['edit', 'delete', 'up', 'down', 'sendNow']), key: word }),
  /** `key` is that of an offered item: of `mentions`, or of the editor's selection. */
  v.object({ type: v.literal('attach'), key: word }),
  v.object({ type: v.literal('detach'), key: word }),
  /** Files dropped on the page: their addresses, one a line, as `text/uri-list` has them. */
  v.object({ type: v.literal('drop'), uris: text }),
  /** A long text that was pasted, or a text file without an address that was dropped; `name` is '' or the file's. */
  v.object({ type: v.literal('paste'), key: word, name: word, text }),
  /** A file without an address, pasted or dropped; `thumbnail` as the page made it, or ''. */
  v.object({ type: v.literal('attachBytes'), name: word, content: bytes, thumbnail: text }),
  v.object({ type: v.literal('upload'), what: v.picklist(['remove', 'retry']), key: word }),
  /** The small one of an upload's `picture`. */
  v.object({ type: v.literal('thumbnail'), key: word, picture: text }),
  /** What `@` is followed by. */
  v.object({ type: v.literal('mention'), filter: word }),
  v.object({ type: v.literal('slash'), name: word }),
] as const;

const turns = [
  /** A button under the failure of the message `key`. */
  v.object({ type: v.literal('remedy'), key: word, remedy: v.picklist(remedies) }),
  /** Ask the question of message `key` again. */
  v.object({ type: v.literal('askAgain'), key: word }),
  /** Another version of the question of message `key`. */
  v.object({ type: v.literal('editQuestion'), key: word, query: text, how: v.picklist(['followUp', 'fork']) }),
  /** A new conversation with a transcript up to message `key` in the composer. */
  v.object({ type: v.literal('fork'), key: word }),
  /** '' takes the rating back. */
  v.object({ type: v.literal('rate'), key: word, rating: v.picklist(['like', 'dislike', '']), comment: text }),
  v.object({ type: v.literal('openAnswer'), key: word }),
  v.object({ type: v.literal('copyMessageId'), key: word }),
  /** What a node of the answer got or gave, or a tool: that of a thought's call, from 0. */
  v.object({
    type: v.literal('openValue'),
    key: word,
    step: word,
    call: v.optional(v.number()),
    what: v.picklist(['input', 'output']),
    how: v.picklist(['copy', 'open']),
  }),
  v.object({ type: v.literal('speak'), key: word }),
  /** A file of the answer of message `key`, at its place; `fresh` reads the message again for a link that works. */
  v.object({
    type: v.literal('answerFile'),
    what: v.picklist(['show', 'open', 'save', 'fresh', 'cancel']),
    key: word,
    place: word,
  }),
  /** A picture in the text of the answer of message `key`. */
  v.object({ type: v.literal('showImage'), key: word, address: word }),
  /** Whether the pictures of the app are shown unasked. */
  v.object({ type: v.literal('showImages'), always: v.boolean() }),
  /** Looks in the workspace for a citation of message `key`; `at` counts from 0. */
  v.object({ type: v.literal('findSource'), key: word, at: place }),
  /** Opens what was found. */
  v.object({ type: v.literal('openSource'), key: word, at: place }),
  /** Code of an answer; `language` as the fence names it. A `preview` is VS Code's, of Markdown with this code. */
  v.object({
    type: v.literal('code'),
    what: v.picklist(['insert', 'newFile', 'apply', 'preview']),
    code: text,
    language: word,
  }),
] as const;

const form = [
  /** What stands in fields of the form of the conversation `key` that changed: kept like a draft. */
  v.object({ type: v.literal('form'), key: word, values: formValues }),
  /** Submits the form of the conversation `key`, and asks, where `query` is not ''. */
  v.object({ type: v.literal('start'), values: formValues, query: text, key: v.optional(word) }),
  /** Submits other values later, for the conversation `key`. */
  v.object({
    type: v.literal('changeInputs'),
    values: formValues,
    where: v.picklist(['here', 'newConversation']),
    key: v.optional(word),
  }),
  /** Runs the app with the form of the conversation `key`. */
  v.object({ type: v.literal('run'), key: word, values: formValues }),
  /** Fills the form in as it was for the run with the key `of`, to change something. */
  v.object({ type: v.literal('refill'), of: word }),
  /** `form`: the `form_id` of a form that a run waits for; else it is the form before the first question. */
  v.object({ type: v.literal('chooseFiles'), variable: word, form: v.optional(word) }),
  /** Files dropped on a field: their addresses, one a line, as `text/uri-list` has them. */
  v.object({ type: v.literal('dropFiles'), variable: word, uris: text, form: v.optional(word) }),
  v.object({ type: v.literal('cancelUpload'), variable: word, name: word, form: v.optional(word) }),
] as const;

/** Forms that runs wait for: `form` is the `form_id`, `key` that of the conversation. */
const humanInput = [
  /** What stands in fields that changed: kept like a draft. */
  v.object({ type: v.literal('fillHumanInput'), key: word, form: word, values: formValues }),
  /** Answers the form by the action of this id: the run goes on, which cannot be taken back. */
  v.object({ type: v.literal('submitHumanInput'), key: word, form: word, action: word, values: formValues }),
  /** Looks what became of the run that waits in message `key`. */
  v.object({ type: v.literal('lookAtRun'), key: word }),
] as const;

const lists = [
  v.object({ type: v.literal('listConversations'), search: word, scope: v.picklist(['workspace', 'all']) }),
  v.object({ type: v.literal('openConversation'), key: word }),
  v.object({ type: v.literal('rename'), key: word, name: word }),
  v.object({ type: v.literal('suggestName'), key: word }),
  v.object({ type: v.literal('delete'), key: word }),
  v.object({ type: v.literal('pin'), key: word, pinned: v.boolean() }),
  v.object({ type: v.literal('export'), key: word }),
  v.object({ type: v.literal('setVariable'), id: word, value: text }),
] as const;

const fromWebview = v.variant('type', [...chat, ...composer, ...turns, ...form, ...humanInput, ...lists]);

/** Page → extension host. One-way: nothing here has a reply, its effect comes back as an event. */
export type FromWebview = v.InferOutput<typeof fromWebview>;

/** The message, or `undefined` for anything else: what a page posts is not trusted to be ours. */
export function parseFromWebview(message: unknown): FromWebview | undefined {
  return v.is(fromWebview, message) ? message : undefined;
}
