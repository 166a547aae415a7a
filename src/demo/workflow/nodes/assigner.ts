import type { WorkflowGeneration } from '../generation.ts';
import type { Fields, Node, Selector } from '../graph.ts';
import type { Values } from '../values.ts';
import { type Named, done } from './plain.ts';
import { variableType } from '../variableTypes.ts';

/** One change: a variable gets a value, one more item, or grows by a number. */
export type Assignment =
  | { readonly variable: Selector; readonly operation: 'over-write' | 'append'; readonly from: Selector }
  | { readonly variable: Selector; readonly operation: '+='; readonly by: number };

/** Writes conversation variables, or those of the loop around it. */
export function assigner({
  id,
  items,
  loop,
  title,
}: Named & { readonly items: readonly Assignment[]; readonly loop?: string }): Node {
  return {
    id,
    title,
    type: 'assigner',
    writes: items.map(({ variable }) => variable),
    run: ({ generation, saveVariable, values }) => {
      const changed = items.map((item) => [item, newValue(item, values)] as const);
      for (const [{ variable }, value] of changed) {
        values.set(variable, value);
        if (variable[0] === 'conversation') saveVariable(nameOf(variable), value);
      }
      return done({
        inputs: configuration({ title, items, loop }, generation),
        processData: {
          ...Object.fromEntries(changed.map(([{ variable }, value]) => [nameOf(variable), value])),
          __updated_variables: changed.map(([{ variable }, value]) => ({
            name: nameOf(variable),
            selector: variable,
            value_type: variableType(value),
            new_value: value,
          })),
        },
        outputs: {},
      });
    },
  };
}

function newValue(item: Assignment, values: Values): unknown {
  const old = values.get(item.variable);
  switch (item.operation) {
    case 'over-write':
      return values.get(item.from) ?? null;
    case 'append':
      return [...(Array.isArray(old) ? (old as readonly unknown[]) : []), values.get(item.from) ?? null];
    case '+=':
      return Number(old ?? 0) + item.by;
  }
}

function nameOf(variable: Selector): string {
  return variable.slice(1).join('.');
}

/** The server shows the node's own settings as its inputs. */
function configuration(
  {
    items,
    loop,
    title,
  }: { readonly title: string; readonly items: readonly Assignment[]; readonly loop: string | undefined },
  generation: WorkflowGeneration,
): Fields {
  const settings = {
    title,
    desc: '',
    version: '2',
    error_strategy: null,
    default_value: null,
    retry_config: { max_retries: 0, retry_interval: 0, retry_enabled: false },
    items: items.map((item) => ({
      variable_selector: item.variable,
      input_type: item.operation === '+=' ? 'constant' : 'variable',
      operation: item.operation,
      value: item.operation === '+=' ? item.by : item.from,
    })),
  };
  if (!generation.showsWholeSettings) return settings;
  const inLoop = loop === undefined ? {} : { isInLoop: true, loop_id: loop, isInIteration: false };
  return { type: 'assigner', ...settings, selected: false, ...inLoop };
}
