import type { Edge, Graph, Node, Segment, Selector } from './graph.ts';
import { type Values, markdownOf } from './values.ts';

/** A piece of answer, and where it comes from: literal text of an Answer node from its output `answer`. */
export interface Chunk {
  readonly text: string;
  readonly selector: Selector;
}

interface Session {
  readonly node: Node;
  readonly segments: readonly Segment[];
  index: number;
}

/**
 * Decides when which text of the Answer and End nodes is said. A node's turn comes as soon as it is certain to be reached, which may be
 * long before it runs: so its literal text precedes the work of others, and stays said if they fail. Only one node speaks at a time, the
 * others wait in line.
 */
export class Streaming {
  readonly #graph: Graph;
  readonly #values: Values;
  readonly #isSkipped: (node: string) => boolean;
  /** The edges that must be taken, for each way to each node that has not had its turn. */
  readonly #ways = new Map<Node, readonly Set<Edge>[]>();
  readonly #waiting: Session[] = [];
  readonly #pieces = new Map<string, { readonly said: string[]; closed: boolean }>();
  #speaking: Session | undefined;

  constructor(graph: Graph, values: Values, isSkipped: (node: string) => boolean) {
    this.#graph = graph;
    this.#values = values;
    this.#isSkipped = isSkipped;
    for (const node of graph.nodes.filter(({ execution }) => execution === 'response')) {
      this.#ways.set(node, this.#waysTo(node));
    }
  }

  /** Gives their turn to those that are certain from the start. */
  begin(): readonly Chunk[] {
    return this.#giveTurns();
  }

  edgeTaken(edge: Edge): readonly Chunk[] {
    for (const ways of this.#ways.values()) for (const way of ways) way.delete(edge);
    return this.#giveTurns();
  }

  /** A node that streams says something. */
  said(selector: Selector, text: string, last: boolean): readonly Chunk[] {
    const stream = this.#stream(selector);
    stream.said.push(text);
    stream.closed ||= last;
    return this.flush();
  }

  /** All that can be said by now. */
  flush(): readonly Chunk[] {
    const chunks: Chunk[] = [];
    for (let session = this.#speaking; session !== undefined; session = this.#speaking) {
      chunks.push(...this.#spoken(session));
      if (session.index < session.segments.length) break;
      this.#speaking = this.#waiting.shift();
    }
    return chunks;
  }

  #giveTurns(): readonly Chunk[] {
    const chunks: Chunk[] = [];
    for (const [node, ways] of this.#ways) {
      if (!ways.some((way) => way.size === 0)) continue;
      this.#ways.delete(node);
      const session = { node, segments: node.segments ?? [], index: 0 };
      if (this.#speaking === undefined) {
        this.#speaking = session;
        chunks.push(...this.flush());
      } else {
        this.#waiting.push(session);
      }
    }
    return chunks;
  }

  #spoken(session: Session): readonly Chunk[] {
    const chunks: Chunk[] = [];
    for (; session.index < session.segments.length; session.index++) {
      const segment = session.segments[session.index];
      if (segment === undefined) break;
      if ('text' in segment) {
        chunks.push({ text: segment.text, selector: [session.node.id, 'answer'] });
        continue;
      }
      if (this.#isSkipped(segment.selector[0])) continue;
      const { complete, texts } = this.#available(segment.selector);
      chunks.push(...texts.map((text) => ({ text, selector: segment.selector })));
      if (!complete) break;
    }
    return chunks;
  }

  #available(selector: Selector): { readonly texts: readonly string[]; readonly complete: boolean } {
    const stream = this.#stream(selector);
    const texts = stream.said.splice(0);
    if (stream.closed) return { texts, complete: true };
    const value = this.#values.get(selector);
    return value === undefined ? { texts, complete: false } : { texts: [...texts, markdownOf(value)], complete: true };
  }

  #stream(selector: Selector): { readonly said: string[]; closed: boolean } {
    const key = selector.join('.');
    const stream = this.#pieces.get(key) ?? { said: [], closed: false };
    this.#pieces.set(key, stream);
    return stream;
  }

  /** For each way from the first node: the edges behind which it is not yet certain that the way is gone. */
  #waysTo(node: Node): readonly Set<Edge>[] {
    const read = (node.segments ?? []).flatMap((segment) =>
      'selector' in segment ? [segment.selector.join('.')] : [],
    );
    const blocks = (edge: Edge): boolean => {
      const from = this.#graph.nodes.find(({ id }) => id === edge.from);
      const writes = from?.writes?.some((selector) => read.includes(selector.join('.'))) ?? false;
      return from?.execution !== undefined || from?.onError?.strategy === 'fail-branch' || writes;
    };
    const waysFrom = (id: string, way: readonly Edge[]): readonly Set<Edge>[] => {
      if (id === this.#graph.nodes[0]?.id) return [new Set(way.filter(blocks))];
      const before = this.#graph.edges.filter((edge) => edge.to === id && !way.includes(edge));
      return before.flatMap((edge) => waysFrom(edge.from, [edge, ...way]));
    };
    return waysFrom(node.id, []);
  }
}
