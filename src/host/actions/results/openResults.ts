import { commands, EventEmitter, Uri, window, type Disposable } from 'vscode';
import type { Result } from '../../../conversation/result.ts';
import { titleOf } from '../../../conversation/result.ts';
import { Documents, uriIn } from './documents.ts';
import { Lenses } from './lenses.ts';
import { isStillThere, sourceOf } from './plainSource.ts';
import type { Followed } from '../../edits/followed.ts';
import type { ResultPorts } from './ports.ts';
import { resultScheme } from '../../resultUri.ts';
import { ShownResult } from './shownResult.ts';

/** The results that are open: their documents, and what VS Code is told about them. */
export class OpenResults implements Disposable {
  readonly documents: Documents;
  readonly onDidChangeRunning;
  readonly #ports: Pick<ResultPorts, 'files' | 'follow'>;
  readonly #open = new Map<string, ShownResult>();
  readonly #lenses: Lenses;
  readonly #opening = new Map<string, Promise<ShownResult>>();
  /** Their documents were closed while they ran. */
  readonly #closedEarly = new Set<ShownResult>();
  readonly #runningChanged = new EventEmitter<void>();
  readonly #registered: readonly Disposable[];
  #ticking: ReturnType<typeof setInterval> | undefined;
  #told = '';

  constructor(ports: Pick<ResultPorts, 'files' | 'follow' | 'life'>) {
    this.#ports = ports;
    this.documents = new Documents(
      (uri) => this.#textOf(uri),
      (uri) => this.#closed(uri),
    );
    this.#lenses = new Lenses((uri) => this.#open.get(uri.toString()));
    this.onDidChangeRunning = this.#runningChanged.event;
    this.#registered = [
      window.onDidChangeActiveTextEditor(() => this.#tellContext()),
      ports.life.onDidErase((app) => this.#forget(app)),
    ];
  }

  /** Of all open results. */
  list(): readonly ShownResult[] {
    return [...this.#open.values()];
  }

  running(): readonly { readonly appId: string; readonly title: string }[] {
    return this.list()
      .filter(({ isRunning }) => isRunning)
      .map(({ result }) => ({ appId: result.app.id, title: titleOf(result) }));
  }

  add(result: Result, followed: Followed, isPlaceKnown = true): ShownResult {
    const shown: ShownResult = new ShownResult(result, followed, isPlaceKnown, {
      refresh: (uri) => this.documents.refresh(uri),
      changed: () => this.#changed(),
    });
    this.#open.set(shown.uri.toString(), shown);
    return shown;
  }

  /** The result in the document, else the one that is in front; kept ones are opened again. */
  async find(uri: unknown): Promise<ShownResult | undefined> {
    const named = this.nameOf(uri);
    return named === undefined ? undefined : (this.#open.get(named.toString()) ?? (await this.#restore(named)));
  }

  /** The document that is meant. */
  nameOf(uri: unknown): Uri | undefined {
    if (uri instanceof Uri && uri.scheme === resultScheme) return uri;
    const active = window.activeTextEditor?.document.uri;
    return active?.scheme === resultScheme ? active : uriIn(window.tabGroups.activeTabGroup.activeTab?.input);
  }

  /** A result that is kept, with all that can still be done with it. Its text and its buttons may ask for it at the same time. */
  async reopen(result: Result): Promise<ShownResult> {
    const { id } = result;
    const known = this.list().find((shown) => shown.result.id === id);
    if (known !== undefined) return known;
    const opening = this.#opening.get(id) ?? this.#reopen(result).finally(() => this.#opening.delete(id));
    this.#opening.set(id, opening);
    return await opening;
  }

  has(shown: ShownResult): boolean {
    return this.#open.get(shown.uri.toString()) === shown;
  }

  /** Nothing more comes: if its document was closed meanwhile, it is let go of. */
  ended(shown: ShownResult): void {
    if (this.#closedEarly.delete(shown)) this.drop(shown);
  }

  /** The result is in no document any more. */
  drop(shown: ShownResult): void {
    shown.stop();
    shown.dispose();
    this.#open.delete(shown.uri.toString());
    this.#changed();
  }

  dispose(): void {
    clearInterval(this.#ticking);
    for (const shown of this.list()) shown.dispose();
    for (const item of [...this.#registered, this.documents, this.#lenses, this.#runningChanged]) item.dispose();
  }

  async #textOf(uri: Uri): Promise<string> {
    const open = this.#open.get(uri.toString()) ?? (await this.#restore(uri));
    return open?.handOver() ?? '';
  }

  async #reopen(result: Result): Promise<ShownResult> {
    const source = sourceOf(result.source);
    const isThere = await isStillThere(source);
    return this.add(result, this.#ports.follow(source, result.recipe.title), isThere);
  }

  async #restore(uri: Uri): Promise<ShownResult | undefined> {
    const kept = await this.#ports.files.find(uri.path.split('/')[1] ?? '');
    return kept === undefined ? undefined : await this.reopen(kept);
  }

  #closed(uri: Uri): void {
    const shown = this.#open.get(uri.toString());
    if (shown === undefined) return;
    shown.stop();
    this.#closedEarly.add(shown);
    if (!shown.isRunning) this.ended(shown);
  }

  #forget(app: string | undefined): void {
    for (const shown of this.list()) {
      if (app !== undefined && shown.result.app.id !== app) continue;
      this.drop(shown);
      this.documents.close(shown.uri);
    }
  }

  #changed(): void {
    this.#lenses.redraw();
    this.#tellContext();
    const running = JSON.stringify(this.running());
    if (running === this.#told) return;
    this.#told = running;
    this.#runningChanged.fire();
    clearInterval(this.#ticking);
    // The seconds in the first line.
    if (this.running().length > 0) this.#ticking = setInterval(() => this.#lenses.redraw(), 1_000);
  }

  #tellContext(): void {
    const named = this.nameOf(undefined);
    const active = named === undefined ? undefined : this.#open.get(named.toString());
    const values = {
      'difyCompanion.actionRunning': this.running().length > 0,
      'difyCompanion.resultRunning': active?.isRunning ?? false,
      'difyCompanion.resultHasPrevious': active?.hasPrevious ?? false,
    };
    for (const [key, value] of Object.entries(values)) void commands.executeCommand('setContext', key, value);
  }
}
