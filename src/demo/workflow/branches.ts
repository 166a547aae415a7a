import type { Edge, Graph, Node } from './graph.ts';

type State = 'unknown' | 'taken' | 'skipped';

/** Which edges of a graph have been taken and which never will be, and so which node's turn it is. */
export class Branches {
  readonly #graph: Graph;
  readonly #states = new Map<Edge, State>();
  readonly #skipped = new Set<string>();
  readonly #begun = new Set<string>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  isSkipped(node: string): boolean {
    return this.#skipped.has(node);
  }

  /**
   * A node is done.
   *
   * @param handle Of a branch: the handle it leaves by; undefined: all edges are taken.
   * @returns the edges taken and the nodes whose turn it is now.
   */
  leave(node: string, handle: string | undefined): { readonly taken: readonly Edge[]; readonly next: readonly Node[] } {
    const edges = this.#graph.edges.filter(({ from }) => from === node);
    const taken = edges.filter((edge) => handle === undefined || edge.handle === handle);
    for (const edge of edges) if (!taken.includes(edge)) this.#skip(edge);
    for (const edge of taken) this.#states.set(edge, 'taken');
    const next = this.#graph.nodes.filter(({ id }) => !this.#begun.has(id) && this.#isReady(id));
    for (const { id } of next) this.#begun.add(id);
    return { taken, next };
  }

  #isReady(node: string): boolean {
    const states = this.#statesBefore(node);
    return states.includes('taken') && !states.includes('unknown');
  }

  /** What can be reached by skipped edges only is skipped too. */
  #skip(edge: Edge): void {
    this.#states.set(edge, 'skipped');
    if (this.#skipped.has(edge.to) || this.#statesBefore(edge.to).some((state) => state !== 'skipped')) return;
    this.#skipped.add(edge.to);
    for (const behind of this.#graph.edges.filter(({ from }) => from === edge.to)) this.#skip(behind);
  }

  #statesBefore(node: string): readonly State[] {
    return this.#graph.edges.filter(({ to }) => to === node).map((edge) => this.#states.get(edge) ?? 'unknown');
  }
}
