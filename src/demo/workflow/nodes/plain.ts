import type { WorkflowGeneration } from '../generation.ts';
import { type Fields, type Node, NodeError, type NodeResult, type Segment, type Selector } from '../graph.ts';
import { type Values, markdownOf, segmentsOf } from '../values.ts';

export interface Named {
  readonly id: string;
  readonly title: string;
}

/** Names of a node's inputs, and where the values come from. */
export type Sources = Readonly<Record<string, Selector>>;

/** Where every run begins: its outputs are the form's values, on an older server the `sys` values too. */
export function start(named: Partial<Named> = {}): Node {
  const { id = 'start', title = 'Start' } = named;
  return {
    id,
    title,
    type: 'start',
    run: ({ generation, values }) => {
      const inputs = startInputs(generation, values);
      return done({ inputs, outputs: inputs });
    },
  };
}

function startInputs(generation: WorkflowGeneration, values: Values): Fields {
  const inputs = asFields(values.get(['sys', 'inputs']));
  return generation.startNamesSystem ? { ...inputs, ...asFields(values.get(['sys', 'all'])) } : inputs;
}

/** Says its template as part of the conversation's answer. */
export function answer({
  id,
  says,
  title = 'Answer',
}: Partial<Named> & { readonly id: string; readonly says: string }): Node {
  return {
    id,
    title,
    type: 'answer',
    execution: 'response',
    segments: segmentsOf(says),
    run: ({ values }) => done({ outputs: { answer: values.filled(says, markdownOf), files: filesRead(says, values) } }),
  };
}

/** The files that a template names. */
function filesRead(says: string, values: Values): readonly unknown[] {
  return segmentsOf(says).flatMap((segment) => {
    const value = 'selector' in segment ? values.get(segment.selector) : undefined;
    return Array.isArray(value) ? value.filter(isFile) : [];
  });
}

export function isFile(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'dify_model_identity' in value;
}

/** Names the outputs of a workflow. While others work it says them, one after the other, with a newline between them. */
export function end({
  id,
  outputs,
  title = 'End',
}: Partial<Named> & { readonly id: string; readonly outputs: Sources }): Node {
  const segments = Object.values(outputs).flatMap((selector, index): readonly Segment[] =>
    index === 0 ? [{ selector }] : [{ text: '\n' }, { selector }],
  );
  return {
    id,
    title,
    type: 'end',
    execution: 'response',
    segments,
    run: ({ values }) => {
      const named = readAll(outputs, values);
      return done({ inputs: named, outputs: named });
    },
  };
}

/** A function in the place of the sandbox. What it throws becomes the node's failure, as an exception of Python would. */
export function code(
  options: Named & {
    readonly inputs: Sources;
    readonly compute: (inputs: Fields) => Fields;
    readonly takesMs?: number;
  } & Pick<Node, 'onError' | 'retry'>,
): Node {
  const { compute, id, inputs: sources, takesMs = 0, title, ...handling } = options;
  return {
    id,
    title,
    ...handling,
    type: 'code',
    run: async ({ clock, signal, values }) => {
      const inputs = readAll(sources, values);
      await clock.sleep(takesMs, signal);
      try {
        return await done({ inputs, outputs: compute(inputs) });
      } catch (error) {
        throw new NodeError(`error: ValueError: ${messageOf(error)}\n`, 'CodeExecutionError', { inputs });
      }
    },
  };
}

/** Text from values. */
export function template(
  options: Named & { readonly inputs: Sources; readonly text: (inputs: Fields) => string; readonly takesMs?: number },
): Node {
  const { id, inputs: sources, takesMs = 0, text, title } = options;
  return {
    id,
    title,
    type: 'template-transform',
    run: async ({ clock, signal, values }) => {
      const inputs = readAll(sources, values);
      await clock.sleep(takesMs, signal);
      return done({ inputs, outputs: { output: text(inputs) } });
    },
  };
}

/** The first of several values that exists: what joins branches. */
export function aggregator({ id, of, title }: Named & { readonly of: readonly Selector[] }): Node {
  return {
    id,
    title,
    type: 'variable-aggregator',
    run: ({ values }) => {
      const found = of.find((selector) => values.get(selector) !== undefined);
      if (found === undefined) return done({ outputs: {} });
      const value = values.get(found);
      return done({ inputs: { [found.slice(1).join('.')]: value }, outputs: { output: value } });
    },
  };
}

export function readAll(sources: Sources, values: Values): Fields {
  return Object.fromEntries(Object.entries(sources).map(([name, selector]) => [name, values.get(selector) ?? null]));
}

export function done(result: Omit<NodeResult, 'type'>): Promise<NodeResult> {
  return Promise.resolve({ type: 'done', ...result });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
