import type { Fields } from '../dify/json.ts';
import type { Preview } from './preview.ts';

/** A round of an agent: what it thought, and the tools it called. */
export interface Thought {
  readonly id: string;
  /** From 1. */
  readonly position: number;
  /** Often a part of the answer's text, or all of it. */
  readonly text: string;
  readonly calls: readonly ToolCall[];
  /** Ids of files in the run. */
  readonly files: readonly string[];
}

export interface ToolCall {
  readonly tool: string;
  /** The tool's name for people, by locale like `en_US`. */
  readonly labels: Fields;
  /** `undefined` until it is known. */
  readonly input: Preview | undefined;
  /** What the tool gave, or its error; `undefined` while it works. */
  readonly result: Preview | undefined;
  /** How long it worked, by our clock; `undefined` where nobody was there to see it. */
  readonly seconds: number | undefined;
}

/** Which execution of which node begins. */
export interface NodeStart {
  /** Of the execution: what comes later with the same id is about the same one. */
  readonly id: string;
  readonly nodeId: string;
  readonly nodeType: string;
  readonly title: string;
  /** Id of the iteration or loop that it is a part of. */
  readonly container: string | undefined;
  /** How many rounds an iteration or loop will have at most. */
  readonly length: number | undefined;
}

/** What an execution came to. */
export interface NodeEnd extends NodeStart {
  /** Dify's word: `succeeded`, `failed`, `exception` (failed, and handled), `paused`, `stopped`. */
  readonly status: string;
  readonly error: string | undefined;
  readonly seconds: number | undefined;
  readonly tokens: number | undefined;
  readonly round: number | undefined;
  /** What it got: JSON. `undefined` for nothing. */
  readonly inputs: Preview | undefined;
  /** What it gave: JSON. `undefined` for nothing. */
  readonly outputs: Preview | undefined;
  /** The way that a node chose which has several: a class, an action of a form, or Dify's id of a case, like `true`, `false`. */
  readonly branch: string | undefined;
}

/** One execution of a node. */
export interface NodeRun extends NodeEnd {
  /** `running`, or how it ended; `stopped` also for one that had not ended when the run did. */
  readonly status: string;
  /** How often it was tried again. */
  readonly retries: number;
  /** The round it ran in, from 0, in its container. */
  readonly round: number | undefined;
  /** Rounds that an iteration or loop has begun. */
  readonly rounds: number;
  readonly log: readonly LogEntry[];
}

/** A line in the log of an Agent node; `parent` makes a tree of them. */
export interface LogEntry {
  readonly id: string;
  readonly parent: string | undefined;
  readonly label: string;
  /** `start`, `success` or `error`. */
  readonly status: string;
  readonly error: string | undefined;
  /** What was called with, or came out. */
  readonly data: Preview | undefined;
}

/** The thoughts with this one in its place: it replaces what was known of the same round. */
export function withThought(thoughts: readonly Thought[], thought: Thought): readonly Thought[] {
  return upserted(thoughts, thought).toSorted((one, other) => one.position - other.position);
}

/** The nodes after one began, or began again after a pause or in a snapshot. */
export function withNodeStarted(nodes: readonly NodeRun[], start: NodeStart): readonly NodeRun[] {
  const known = nodes.findLast(({ id }) => id === start.id);
  const round = known?.round ?? roundOf(nodes, start);
  // A snapshot tells an iteration without its length: what is known of its rounds stays.
  const again = start.length === undefined ? undefined : { rounds: 0 };
  const length = start.length ?? known?.length;
  return upserted(nodes, { ...fresh, ...known, ...start, ...again, length, status: 'running', round });
}

/** A snapshot announces no rounds: what runs again in an iteration or a loop runs in its next one. */
function roundOf(nodes: readonly NodeRun[], { container: within, nodeId }: NodeStart): number | undefined {
  const container = nodes.findLast(({ id }) => id === within);
  if (container === undefined) return undefined;
  if (container.rounds > 0) return container.rounds - 1;
  return nodes.filter((node) => node.container === within && node.nodeId === nodeId).length;
}

export function withNodeRetried(
  nodes: readonly NodeRun[],
  { node, attempt, error }: { readonly node: NodeStart; readonly attempt: number; readonly error: string | undefined },
): readonly NodeRun[] {
  const known = nodes.findLast(({ id }) => id === node.id);
  return upserted(nodes, { ...fresh, ...known, ...node, retries: Math.max(attempt, known?.retries ?? 0), error });
}

/** The nodes after one ended. A snapshot says less than the events it stands for: what it leaves out stays. */
export function withNodeEnded(nodes: readonly NodeRun[], end: NodeEnd): readonly NodeRun[] {
  const known: Partial<NodeRun> = nodes.findLast(({ id }) => id === end.id) ?? {};
  // Of a handled error a snapshot has only the words "Unknown error".
  const error = known.status === end.status ? (known.error ?? end.error) : end.error;
  return upserted(nodes, { ...fresh, ...known, ...end, ...leftOut(end, known), error });
}

/** What is known of that which the end does not say. */
function leftOut(end: NodeEnd, known: Partial<NodeRun>): Partial<NodeRun> {
  const isLeftOut = ([name]: [string, unknown]): boolean => name in end && Reflect.get(end, name) === undefined;
  return Object.fromEntries(Object.entries(known).filter(isLeftOut));
}

export function withRound(nodes: readonly NodeRun[], id: string, round: number): readonly NodeRun[] {
  return nodes.map((node) => {
    if (node.id !== id) return node;
    // A loop also announces the round after its last.
    const rounds = Math.max(node.rounds, Math.min(round + 1, node.length ?? Infinity));
    return { ...node, rounds };
  });
}

export function withLog(nodes: readonly NodeRun[], nodeId: string, entry: LogEntry): readonly NodeRun[] {
  const index = nodes.findLastIndex((node) => node.nodeId === nodeId);
  const node = nodes[index];
  return node === undefined ? nodes : nodes.with(index, { ...node, log: upserted(node.log, entry) });
}

/** The nodes of a run that waits, or that has ended: none of them works any more. */
export function withNoneRunning(
  nodes: readonly NodeRun[],
  status: 'paused' | 'stopped' | 'succeeded',
): readonly NodeRun[] {
  const isOpen = (node: NodeRun): boolean => node.status === 'running' || node.status === 'paused';
  return nodes.some(isOpen) ? nodes.map((node) => (isOpen(node) ? { ...node, status } : node)) : nodes;
}

/** The nodes of a run that was given up and is read on: those that had not ended then. */
export function withRunningAgain(nodes: readonly NodeRun[]): readonly NodeRun[] {
  return nodes.map((node) => (node.status === 'stopped' ? { ...node, status: 'running' } : node));
}

const fresh = {
  status: 'running',
  error: undefined,
  seconds: undefined,
  tokens: undefined,
  retries: 0,
  rounds: 0,
  round: undefined,
  inputs: undefined,
  outputs: undefined,
  branch: undefined,
  log: [],
};

/** In its own place if it is known, else at the end: Dify numbers nothing, so the order of arrival is the order. */
function upserted<Item extends { readonly id: string }>(items: readonly Item[], item: Item): readonly Item[] {
  const index = items.findLastIndex(({ id }) => id === item.id);
  return index < 0 ? [...items, item] : items.with(index, item);
}
