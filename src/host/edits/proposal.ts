import {
  CodeLens,
  commands,
  EventEmitter,
  languages,
  Position,
  Range,
  TabInputTextDiff,
  Uri,
  window,
  workspace,
  type Disposable,
  type Event,
  type Tab,
  type TextDocument,
} from 'vscode';
import { t } from '../words.ts';
import { hiddenWords } from '../hiddenWords.ts';
import { editorOf } from './place.ts';
import type { Edit } from './planner.ts';
import type { Refused } from './tell.ts';
import { onDidCloseLast } from '../closedTabs.ts';

/** A change of a document that the person decides on. */
export interface Proposed {
  /** Name of the file, and what the answer is called: the title of the diff. */
  readonly file: string;
  readonly title: string;
  /** What it makes of the document as it is now; `undefined` if it cannot be applied to it. */
  readonly change: () => { readonly text: string; readonly edits: readonly Edit[] } | undefined;
  /** Changes the document; gives why it cannot. */
  readonly apply: () => Promise<Refused | undefined>;
  /** Tells the person; true if the document was changed by what they chose. */
  readonly tell: (refused: Refused) => Promise<boolean>;
  readonly onDidChange: Event<void>;
}

interface Proposal extends Proposed {
  readonly uri: Uri;
  /** The right side: the document with what is proposed. */
  text: string;
  edits: readonly Edit[];
  isOutdated: boolean;
  isApplying: boolean;
  readonly decide: (accepted: boolean) => void;
}

/** VS Code's diffs of documents and what answers would make of them, with Accept and Reject. */
export class Proposals implements Disposable {
  static readonly scheme = 'dify-proposal';
  readonly #proposals = new Map<string, Proposal>();
  readonly #changed = new EventEmitter<Uri>();
  readonly #lensesChanged = new EventEmitter<void>();
  readonly #registered: readonly Disposable[];

  constructor() {
    const { scheme } = Proposals;
    this.#registered = [
      workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#proposals.get(uri.toString())?.text,
      }),
      languages.registerCodeLensProvider(
        { scheme },
        { onDidChangeCodeLenses: this.#lensesChanged.event, provideCodeLenses: (document) => this.#lenses(document) },
      ),
      onDidCloseLast(proposedIn, (uri) => this.#proposals.get(uri.toString())?.decide(false)),
      window.tabGroups.onDidChangeTabs(showActive),
      window.tabGroups.onDidChangeTabGroups(showActive),
    ];
    // Diffs that were open when the window was closed: what they proposed is not known any more.
    void window.tabGroups.close(tabs().filter((tab) => proposedIn(tab) !== undefined));
  }

  /** Shows the diff and waits for the person; true if the document was changed. */
  async show(document: TextDocument, proposed: Proposed): Promise<boolean> {
    const uri = Uri.from({ scheme: Proposals.scheme, path: `/${crypto.randomUUID()}/${proposed.file}` });
    const { promise, resolve: decide } = Promise.withResolvers<boolean>();
    const proposal = { ...proposed, uri, text: '', edits: [], isOutdated: false, isApplying: false, decide };
    this.#proposals.set(uri.toString(), proposal);
    this.#refresh(proposal);
    const listening = proposed.onDidChange(() => this.#refresh(proposal));
    const opened = openDiff(document, proposal);
    // One that cannot be opened is not waited for.
    const isAccepted = await opened
      .then(() => promise)
      .finally(() => {
        listening.dispose();
        this.#proposals.delete(uri.toString());
      });
    await window.tabGroups.close(tabs().filter((tab) => proposedIn(tab)?.toString() === uri.toString()));
    if (isAccepted && document.uri.scheme !== 'vscode-notebook-cell') await showChanged(document);
    return isAccepted;
  }

  /** @param uri of the right side; without it that of the active tab */
  async accept(uri: unknown): Promise<void> {
    const proposal = this.#named(uri);
    if (proposal === undefined || proposal.isApplying) return;
    proposal.isApplying = true;
    const refused = await proposal.apply().finally(() => (proposal.isApplying = false));
    if (refused !== undefined) this.#refresh(proposal);
    if (refused === undefined || (await proposal.tell(refused))) proposal.decide(true);
  }

  async reject(uri: unknown): Promise<void> {
    this.#named(uri)?.decide(false);
  }

  dispose(): void {
    for (const proposal of this.#proposals.values()) proposal.decide(false);
    for (const item of this.#registered) item.dispose();
    this.#changed.dispose();
    this.#lensesChanged.dispose();
  }

  /** The right side follows the document, as long as the text that is to be replaced is the same. */
  #refresh(proposal: Proposal): void {
    if (proposal.isApplying) return;
    const change = proposal.change();
    proposal.isOutdated = change === undefined;
    this.#lensesChanged.fire();
    if (change === undefined) return;
    proposal.text = change.text;
    proposal.edits = change.edits;
    this.#changed.fire(proposal.uri);
  }

  #lenses(document: TextDocument): CodeLens[] {
    const proposal = this.#proposals.get(document.uri.toString());
    if (proposal === undefined) return [];
    const { uri, edits, isOutdated } = proposal;
    let grown = 0;
    return edits.flatMap(({ start, end, text }) => {
      const at = document.positionAt(start + grown);
      grown += text.length - (end - start);
      const range = new Range(new Position(at.line, 0), at);
      const hidden = hiddenWords(text);
      const accept = isOutdated ? t('The text changed.') : t('Accept');
      return [
        new CodeLens(range, { title: accept, command: 'difyCompanion.edits.accept', arguments: [uri] }),
        new CodeLens(range, { title: t('Reject'), command: 'difyCompanion.edits.reject', arguments: [uri] }),
        ...(hidden === undefined ? [] : [new CodeLens(range, { title: hidden, command: '' })]),
      ];
    });
  }

  #named(uri: unknown): Proposal | undefined {
    const named = uri instanceof Uri ? this.#proposals.get(uri.toString()) : undefined;
    return named ?? this.#proposalIn(window.tabGroups.activeTabGroup.activeTab);
  }

  #proposalIn(tab: Tab | undefined): Proposal | undefined {
    const uri = proposedIn(tab);
    return uri === undefined ? undefined : this.#proposals.get(uri.toString());
  }
}

async function openDiff(document: TextDocument, { uri, file, title }: Proposal): Promise<void> {
  const viewColumn = editorOf(document)?.viewColumn;
  await commands.executeCommand('vscode.diff', document.uri, uri, `${file} ↔ ${title}`, {
    preview: false,
    ...(viewColumn === undefined ? {} : { viewColumn }),
  });
}

/** Where the person goes on, and can undo it. */
async function showChanged(document: TextDocument): Promise<void> {
  const viewColumn = editorOf(document)?.viewColumn;
  await window.showTextDocument(document, { preview: false, ...(viewColumn === undefined ? {} : { viewColumn }) });
}

function tabs(): readonly Tab[] {
  return window.tabGroups.all.flatMap((group) => group.tabs);
}

function proposedIn(tab: Tab | undefined): Uri | undefined {
  const modified = tab?.input instanceof TabInputTextDiff ? tab.input.modified : undefined;
  return modified?.scheme === Proposals.scheme ? modified : undefined;
}

/** The keys count in both sides of the diff. */
function showActive(): void {
  const isActive = proposedIn(window.tabGroups.activeTabGroup.activeTab) !== undefined;
  void commands.executeCommand('setContext', 'difyCompanion.proposal', isActive);
}
