import type { NodeRun } from './steps.ts';

/** The nodes of a run as a tree: those of iterations and loops are in them. All in the order in which they began. */
export interface NodeTree {
  readonly top: readonly NodeRun[];
  /** By the id of an iteration or a loop. */
  readonly inside: ReadonlyMap<string, readonly NodeRun[]>;
}

export function treeOf(nodes: readonly NodeRun[]): NodeTree {
  const known = new Set(nodes.map(({ id }) => id));
  const top: NodeRun[] = [];
  const inside = new Map<string, NodeRun[]>();
  for (const node of nodes) {
    const { container } = node;
    // What runs in something that was never heard of is better seen at the top than not at all.
    if (container === undefined || container === node.id || !known.has(container)) top.push(node);
    else if (inside.get(container)?.push(node) === undefined) inside.set(container, [node]);
  }
  return { top, inside };
}

/** The rounds of an iteration or a loop that have nodes, by their number from 0. */
export function roundsOf(nodes: readonly NodeRun[]): ReadonlyMap<number, readonly NodeRun[]> {
  return Map.groupBy(nodes, ({ round }) => round ?? 0);
}

/** The step that a run is at, counted from 1: that at the top which began last of those that run; else the last one. */
export function currentStep(top: readonly NodeRun[]): { readonly n: number; readonly title: string } {
  const running = top.findLastIndex(({ status }) => status === 'running' || status === 'paused');
  const index = running === -1 ? top.length - 1 : running;
  return { n: index + 1, title: top[index]?.title ?? '' };
}
