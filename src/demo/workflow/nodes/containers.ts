import { seconds } from '../../clock.ts';
import { containerHead } from '../eventData.ts';
import { type Fields, type Graph, type Node, type NodeContext, NodeError, type Selector } from '../graph.ts';
import { type Usage, priceData, sumOf } from '../tokens.ts';
import { type Named, done } from './plain.ts';

export interface IterationOptions extends Named {
  readonly of: Selector;
  readonly output: Selector;
  readonly inner: Graph;
  /** All rounds at once: they are announced first, and what happens in each is told when it is over. */
  readonly parallel?: boolean;
  /** What a failing round means: the end, null among the outputs, or one output fewer. */
  readonly onFailure?: 'terminated' | 'continue-on-error' | 'remove-abnormal-output';
}

/** Runs the inner graph once for each item of a list; inside, `<id>.item` and `<id>.index` are the round's. */
export function iteration(options: IterationOptions): Node {
  const { id, of, onFailure = 'terminated', parallel = false, title } = options;
  return {
    id,
    title,
    type: 'iteration',
    execution: 'container',
    run: async (context) => {
      const given = context.values.get(of);
      const items: readonly unknown[] = Array.isArray(given) ? given : [];
      const inputs = { iterator_selector: items };
      announceStart(context, 'iteration', { iteration_length: items.length }, inputs);
      const rounds = parallel
        ? await Promise.all(items.map((item, index) => runRound(options, context, item, index)))
        : await inTurn(items, onFailure === 'terminated', (item, index) => runRound(options, context, item, index));
      const usage = sumOf(rounds.map((round) => round.usage));
      const durations = Object.fromEntries(
        rounds.flatMap(({ error, index, took }) => (error === undefined ? [[index, took]] : [])),
      );
      const maps = { iteration_duration_map: durations };
      const kept = rounds.filter(({ error }) => error === undefined || onFailure === 'continue-on-error');
      const outputs = { output: kept.map(({ output }) => output) };
      const failed = rounds.find(({ error }) => error !== undefined);
      if (failed?.error !== undefined && onFailure === 'terminated')
        throw failure(failed.error, { inputs, outputs, maps, usage });
      return done({ inputs, outputs, metadata: { ...priceData(usage), ...maps }, usage });
    },
  };
}

interface Round {
  readonly index: number;
  readonly output: unknown;
  readonly error: string | undefined;
  /** Seconds. */
  readonly took: number;
  readonly usage: Usage | undefined;
}

async function runRound(options: IterationOptions, context: NodeContext, item: unknown, index: number): Promise<Round> {
  const { clock, node } = context;
  context.announce({ event: 'iteration_next', data: { ...containerHead(node), index, ...now(context) } });
  const values = options.parallel === true ? context.values.copy() : context.values;
  values.setAll(node.id, { item, index });
  const begun = clock.now();
  const own = options.parallel === true ? values : undefined;
  const outcome = await context.runInside(options.inner, { iteration: node.id, round: index }, own);
  const { error } = outcome;
  const output = error === undefined ? (values.get(options.output) ?? null) : null;
  return { index, output, error, took: (clock.now() - begun) / 1000, usage: outcome.usage };
}

async function inTurn(
  items: readonly unknown[],
  endsAtFailure: boolean,
  run: (item: unknown, index: number) => Promise<Round>,
): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  for (const [index, item] of items.entries()) {
    const round = await run(item, index);
    rounds.push(round);
    if (round.error !== undefined && endsAtFailure) break;
  }
  return rounds;
}

/** Runs the inner graph a number of times; `variables` are the loop's own, which an assigner inside may change. */
export function loop(
  options: Named & { readonly times: number; readonly variables: Fields; readonly inner: Graph },
): Node {
  const { id, inner, times, title, variables } = options;
  return {
    id,
    title,
    type: 'loop',
    execution: 'container',
    run: async (context) => {
      const { clock, values } = context;
      const inputs = { loop_count: times, ...variables };
      values.setAll(id, variables);
      announceStart(context, 'loop', { loop_length: times }, inputs);
      const durations: Record<string, number> = {};
      const rounds: Record<string, Fields> = {};
      const usages: (Usage | undefined)[] = [];
      for (let round = 0; round < times; round++) {
        const begun = clock.now();
        const outcome = await context.runInside(inner, { loop: id, round });
        usages.push(outcome.usage);
        const maps = { loop_duration_map: durations, loop_variable_map: rounds };
        if (outcome.error !== undefined) {
          throw failure(outcome.error, { inputs, outputs: {}, maps, usage: sumOf(usages) });
        }
        durations[String(round)] = (clock.now() - begun) / 1000;
        rounds[String(round)] = variablesNow(context, Object.keys(variables));
        const head = { ...containerHead(context.node), index: round + 1, created_at: seconds(clock.now()) };
        context.announce({ event: 'loop_next', data: { ...head, pre_loop_output: {}, extras: {} } });
      }
      const usage = sumOf(usages);
      const maps = { loop_duration_map: durations, loop_variable_map: rounds };
      const reason = { completed_reason: 'loop_completed' };
      return done({
        inputs,
        outputs: { ...variablesNow(context, Object.keys(variables)), loop_round: times },
        metadata: {
          ...priceData(usage),
          ...(context.generation.loopReasonIsLast ? { ...maps, ...reason } : { ...reason, ...maps }),
        },
        usage,
      });
    },
  };
}

function announceStart(context: NodeContext, kind: 'iteration' | 'loop', metadata: Fields, inputs: Fields): void {
  const data = { ...containerHead(context.node), ...now(context), metadata, inputs, inputs_truncated: false };
  context.announce({ event: `${kind}_started`, data });
}

function now({ clock }: NodeContext): Fields {
  return { created_at: seconds(clock.now()), extras: {} };
}

function variablesNow({ node, values }: NodeContext, names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, values.get([node.id, name])]));
}

interface Broken {
  readonly inputs: Fields;
  readonly outputs: Fields;
  readonly maps: Fields;
  readonly usage: Usage | undefined;
}

function failure(error: string, { inputs, maps, outputs, usage }: Broken): NodeError {
  return new NodeError(error, 'ContainerError', { inputs, outputs, metadata: { ...priceData(usage), ...maps } });
}
