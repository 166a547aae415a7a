import {
  EventEmitter,
  workspace,
  type Disposable,
  type TextDocument,
  type TextDocumentChangeEvent,
  type Uri,
} from 'vscode';
import type { Source } from '../source/source.ts';
import type { AnchorState } from './anchor.ts';
import { openNewFile, type Cursor } from './cursor.ts';
import type { Followed, Live } from './followed.ts';
import { LiveEdits } from './live.ts';
import { applyEdits, documentState, isReadOnly } from './place.ts';
import { type Answers, applied, type Edit, isOf, planInsertBelow, planReplace } from './planner.ts';
import type { Proposals, Proposed } from './proposal.ts';
import { Streams } from './streams.ts';
import { type Ask, type Refused, tellRefusal } from './tell.ts';
import { Track } from './track.ts';

export interface FollowedPorts {
  readonly title: string;
  readonly ask: Ask;
  readonly cursor: Cursor;
  readonly proposals: Proposals;
  readonly disposed: () => void;
}

/** An edit of a part, and what stands there after it. */
interface OwnEdit {
  readonly part: number;
  readonly edit: Edit;
  readonly written: string;
}

/** One source in its document, which may be renamed, closed and opened again. */
export class FollowedDocument implements Followed {
  readonly source: Source;
  readonly streams = new Streams((answers) => this.replace(answers, 'direct'));
  readonly #ports: FollowedPorts;
  readonly #changed = new EventEmitter<void>();
  readonly #touched = new EventEmitter<void>();
  readonly #registered: readonly Disposable[];
  #uri: Uri;
  #track: Track;
  /** Whether the document was open at any time: only then the places of the parts are known. */
  #isPlaced: boolean;
  #isDeleted = false;
  /** The documents that were opened since: one of the same text that was open before is another one. */
  readonly #opened = new Set<TextDocument>();
  /** What was known of a document without a file before it was emptied: VS Code does that when it is saved. */
  #emptied: Track | undefined;
  /** The edit that is being made here, by which its change is known. */
  #own: OwnEdit | undefined;
  /** How many still work with it, like a diff that is open: until they are done it knows what happens to the document. */
  #holders = 0;
  #isDisposed = false;

  readonly onDidChange = this.#changed.event;
  /** Somebody else changed the document. */
  readonly onDidTouch = this.#touched.event;

  constructor(source: Source, ports: FollowedPorts) {
    this.source = source;
    this.#ports = ports;
    this.#uri = source.uri;
    const document = this.openDocument;
    this.#isPlaced = document !== undefined;
    this.#track = new Track(document?.getText() ?? '', placesIn(source, document));
    this.#registered = [
      workspace.onDidChangeTextDocument((event) => this.#take(event)),
      workspace.onDidOpenTextDocument((opened) => {
        if (this.#uri.scheme === 'untitled') this.#opened.add(opened);
        this.#findSaved();
        this.#reopen(opened);
      }),
      workspace.onDidCloseTextDocument((closed) => {
        this.#opened.delete(closed);
        this.#findSaved();
      }),
      workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) this.#rename(oldUri, newUri);
      }),
      workspace.onDidDeleteFiles(({ files }) => this.#delete(files)),
    ];
  }

  get track(): Track {
    return this.#track;
  }

  /** `undefined` while it is closed. */
  get openDocument(): TextDocument | undefined {
    return workspace.textDocuments.find(({ uri }) => uri.toString() === this.#uri.toString());
  }

  state(): AnchorState {
    return this.#isDeleted && this.openDocument === undefined ? 'gone' : this.#isPlaced ? this.#track.state : 'same';
  }

  async replace(answers: Answers, how: 'preview' | 'direct' | 'compare'): Promise<boolean> {
    const release = this.hold();
    try {
      if (how === 'direct') return await this.#applyOrTell(answers, planReplace);
      if (how === 'compare') this.#takeAsRead(answers);
      const refused = await this.#refused(answers);
      return await (refused === undefined ? this.#propose(answers) : this.#tell(refused, answers));
    } finally {
      release();
    }
  }

  async insertBelow(answers: Answers): Promise<boolean> {
    const release = this.hold();
    return this.#applyOrTell(answers, planInsertBelow).finally(release);
  }

  async insertAtCursor(text: string): Promise<boolean> {
    return this.#ports.cursor.insert(text);
  }

  async newFile(text: string): Promise<boolean> {
    return openNewFile(text);
  }

  live(part: number): Live {
    return new LiveEdits(this, part);
  }

  /** `undefined` if it cannot be opened any more. */
  async document(): Promise<TextDocument | undefined> {
    const open = this.openDocument;
    if (open !== undefined) return open;
    this.#findSaved();
    // Opening it would make another, empty one.
    if (this.#uri.scheme === 'untitled') return undefined;
    const opened = await Promise.resolve(workspace.openTextDocument(this.#uri)).catch(() => undefined);
    if (opened !== undefined) this.#reopen(opened);
    return opened;
  }

  /** Makes one edit of a part, and knows the change that comes of it from those of others. */
  async own(own: OwnEdit, make: () => PromiseLike<boolean>): Promise<boolean> {
    this.#own = own;
    // VS Code throws where the editor was closed meanwhile.
    const done = await Promise.resolve(make()).catch(() => false);
    this.#own = undefined;
    return done;
  }

  /** Keeps an eye on the document, whoever lets go of it, until what is given back is called. */
  hold(): () => void {
    this.#holders++;
    return () => {
      this.#holders--;
      if (this.#isDisposed) this.dispose();
    };
  }

  dispose(): void {
    this.#isDisposed = true;
    if (this.#holders > 0) return;
    for (const item of this.#registered) item.dispose();
    this.#changed.dispose();
    this.#touched.dispose();
    this.#ports.disposed();
  }

  /** Why the answers cannot take the place of the text now, if so. */
  async #refused(answers: Answers): Promise<Refused | undefined> {
    const document = await this.document();
    if (document === undefined) return 'gone';
    if (await isReadOnly(document.uri)) return 'readOnly';
    const plan = planReplace(documentState(document), this.#track.anchors, answers);
    return 'refused' in plan ? plan.refused : undefined;
  }

  async #propose(answers: Answers): Promise<boolean> {
    const document = await this.document();
    if (document === undefined) return this.#tell('gone', answers);
    return this.#ports.proposals.show(document, {
      file: this.source.file,
      title: this.#ports.title,
      change: () => this.#changeBy(answers),
      apply: () => this.#apply(answers, planReplace),
      // The diff that is open compares.
      tell: (refused) => this.#tell(refused, answers, () => Promise.resolve(false)),
      onDidChange: this.onDidChange,
    });
  }

  /** What the document becomes by the answers, as it is now; `undefined` if they cannot be applied. */
  #changeBy(answers: Answers): ReturnType<Proposed['change']> {
    const document = this.openDocument;
    if (document === undefined) return undefined;
    const plan = planReplace(documentState(document), this.#track.anchors, answers);
    if ('refused' in plan) return undefined;
    return { text: applied(document.getText(), plan.edits), edits: plan.edits };
  }

  /** Nothing is awaited between looking at the text and asking for the change, and VS Code refuses it for any other text. */
  async #apply(answers: Answers, plan: typeof planReplace): Promise<Refused | undefined> {
    const document = await this.document();
    if (document === undefined) return 'gone';
    if (await isReadOnly(document.uri)) return 'readOnly';
    const planned = plan(documentState(document), this.#track.anchors, answers);
    if ('refused' in planned) return planned.refused;
    const ours = answers.map((answer, part) => answer !== undefined && this.#track.stateOf(part) === 'same');
    const expected = applied(document.getText(), planned.edits);
    if (!(await applyEdits(document, planned.edits))) return 'failed';
    // What we put there, or below it, may be replaced again; what somebody typed into it since may not.
    const written = new Set(planned.edits.map(({ text }) => text));
    const isAlone = this.#track.text === expected;
    this.#track.takeAsRead((part, text) => ours[part] === true && (isAlone || written.has(text)));
    this.#changed.fire();
    return undefined;
  }

  async #applyOrTell(answers: Answers, plan: typeof planReplace): Promise<boolean> {
    const refused = await this.#apply(answers, plan);
    return refused === undefined || this.#tell(refused, answers);
  }

  /** The person compares what stands there with the answers. */
  #takeAsRead(answers: Answers): void {
    this.#track.takeAsRead((part) => answers[part] !== undefined);
    this.#changed.fire();
  }

  /** Says why nothing was changed, and does what the person chooses instead. */
  async #tell(refused: Refused, answers: Answers, show = () => this.#propose(answers)): Promise<boolean> {
    const insertAtCursor = (text: string): Promise<boolean> => this.insertAtCursor(text);
    const compare = (): Promise<boolean> => {
      this.#takeAsRead(answers);
      return show();
    };
    return tellRefusal(refused, answers, { compare, insertAtCursor }, this.#ports.ask);
  }

  #take({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (document.uri.toString() !== this.#uri.toString() || contentChanges.length === 0) return;
    const own = this.#own;
    const [change] = contentChanges;
    if (own !== undefined && change !== undefined && contentChanges.length === 1 && isOf(own.edit, change)) {
      this.#track.wrote(own.part, change, document.getText(), own.written);
    } else {
      if (document.isUntitled && document.getText() === '') this.#emptied = this.#track.copy();
      this.#track.changed(contentChanges, document.getText());
      this.#touched.fire();
    }
    this.#changed.fire();
  }

  #reopen(opened: TextDocument): void {
    if (opened.uri.toString() !== this.#uri.toString() || opened.getText() === this.#track.text) return;
    if (this.#isPlaced) this.#track.read(opened.getText());
    else this.#track = new Track(opened.getText(), placesIn(this.source, opened));
    this.#isPlaced = true;
    this.#changed.fire();
  }

  /** A folder that is renamed takes the document along. */
  #rename(before: Uri, after: Uri): void {
    const { path } = this.#uri;
    const isInside = path === before.path || path.startsWith(`${before.path}/`);
    if (before.scheme !== this.#uri.scheme || before.authority !== this.#uri.authority || !isInside) return;
    this.#uri = after.with({ path: after.path + path.slice(before.path.length) });
    this.#isDeleted = false;
    const document = this.openDocument;
    if (document !== undefined) this.#reopen(document);
    this.#changed.fire();
  }

  #delete(files: readonly Uri[]): void {
    const { path } = this.#uri;
    if (!files.some((file) => path === file.path || path.startsWith(`${file.path}/`))) return;
    this.#isDeleted = true;
    this.#changed.fire();
  }

  /** A document without a file is closed when it is saved; VS Code does not say that the one with the file is the same. */
  #findSaved(): void {
    const known = this.#track.text === '' ? this.#emptied : this.#track;
    if (this.#uri.scheme !== 'untitled' || known === undefined || this.openDocument !== undefined) return;
    const text = known.text.trimEnd();
    const [saved, ...others] = [...this.#opened].filter(
      (open) => !open.isClosed && !open.isUntitled && !open.isDirty && text !== '' && open.getText().trimEnd() === text,
    );
    if (saved === undefined || others.length > 0) return;
    this.#track = known;
    this.#uri = saved.uri;
    this.#reopen(saved);
    this.#changed.fire();
  }
}

/** The parts as offsets. One whose document is not open cannot be found. */
function placesIn(source: Source, document: TextDocument | undefined) {
  return source.parts.map(({ range, text }) => ({ start: document?.offsetAt(range.start) ?? 0, original: text }));
}
