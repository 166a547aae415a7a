import { EventEmitter, type Disposable } from 'vscode';
import type { SourcePlace, StateChange } from '../../../conversation/protocol.ts';
import type { Citation } from '../../../dify/metadata.ts';
import type { Log } from '../../log.ts';
import type { ChatPart } from '../part.ts';
import type { Talk } from '../talk.ts';
import { findSource, type FoundSource, type WorkspaceFiles } from './findSource.ts';

interface SourcePorts<File> {
  readonly talk: Talk;
  readonly log: Log;
  readonly files: WorkspaceFiles<File>;
  /** The file as the person knows it: its path in the workspace. */
  readonly pathOf: (file: File) => string;
  /** Opens the file where it has the text. */
  readonly open: (file: File, piece: string) => Promise<void>;
  /** Aborts a search that takes too long. */
  readonly patience: () => AbortSignal;
}

/** Where in the workspace the cited pieces of the shown conversation are: looked for when a citation is opened, never before. */
export class Sources<File> implements ChatPart, Disposable {
  readonly #ports: SourcePorts<File>;
  readonly #changed = new EventEmitter<StateChange>();
  readonly onDidChange = this.#changed.event;
  readonly #listening: Disposable;
  readonly #places = new Map<string, SourcePlace>();
  readonly #found = new Map<string, FoundSource<File>>();
  /** Ends the searches of the conversation that is left. */
  #leaving = new AbortController();

  constructor(ports: SourcePorts<File>) {
    this.#ports = ports;
    this.#listening = ports.talk.onDidShow(() => this.#forget());
  }

  state(): StateChange {
    return { sources: Object.fromEntries(this.#places) };
  }

  /** Looks for it, again if nothing was found: files change. @param at place in the message's citations, from 0 */
  async find(key: string, at: number): Promise<void> {
    const id = `${key} ${at}`;
    const citation = this.#citation(key, at);
    const known = this.#places.get(id)?.state;
    if (citation === undefined || known === 'looking' || known === 'found') return;
    this.#tell(id, { state: 'looking', path: '', lines: undefined });
    const { signal } = this.#leaving;
    const found = await this.#look(citation, AbortSignal.any([signal, this.#ports.patience()]));
    if (signal.aborted) return;
    if (found === undefined) return this.#tell(id, { state: 'none', path: '', lines: undefined });
    this.#found.set(id, found);
    const { file, lines } = found;
    const shown = lines === undefined ? undefined : ([lines[0] + 1, lines[1] + 1] as const);
    this.#tell(id, { state: 'found', path: this.#ports.pathOf(file), lines: shown });
  }

  /** Opens what was found. */
  async open(key: string, at: number): Promise<void> {
    const found = this.#found.get(`${key} ${at}`);
    const citation = this.#citation(key, at);
    if (found !== undefined && citation !== undefined) await this.#ports.open(found.file, citation.content);
  }

  dispose(): void {
    this.#listening.dispose();
    this.#leaving.abort();
    this.#changed.dispose();
  }

  async #look(citation: Citation, signal: AbortSignal): Promise<FoundSource<File> | undefined> {
    try {
      return await findSource(citation, this.#ports.files, signal);
    } catch (error) {
      this.#ports.log.warn('Looking for a cited document in the workspace', error);
      return undefined;
    }
  }

  #citation(key: string, at: number): Citation | undefined {
    return this.#ports.talk.conversation?.messages.find((message) => message.key === key)?.run.citations[at];
  }

  #tell(id: string, place: SourcePlace): void {
    this.#places.set(id, place);
    this.#changed.fire(this.state());
  }

  #forget(): void {
    this.#leaving.abort();
    this.#leaving = new AbortController();
    this.#places.clear();
    this.#found.clear();
  }
}
