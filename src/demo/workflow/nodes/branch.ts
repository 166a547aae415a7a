import type { Node, Selector } from '../graph.ts';
import { type Named, done } from './plain.ts';

/** One way out of an if-else node, by the handle `id`: taken if the value contains the text. */
export interface Case {
  readonly id: string;
  readonly contains: string;
}

/** Takes the first case that holds, else leaves by `false`. */
export function ifElse({
  cases,
  id,
  of,
  title,
}: Named & { readonly of: Selector; readonly cases: readonly Case[] }): Node {
  return {
    id,
    title,
    type: 'if-else',
    execution: 'branch',
    run: ({ values }) => {
      const actual = values.text(of);
      const found = cases.findIndex(({ contains }) => actual.includes(contains));
      const tried = found < 0 ? cases : cases.slice(0, found + 1);
      const handle = cases[found]?.id ?? 'false';
      return done({
        inputs: {
          conditions: tried.slice(-1).map(({ contains }) => ({
            actual_value: actual,
            expected_value: contains,
            comparison_operator: 'contains',
          })),
        },
        processData: { condition_results: tried.map((each) => conditionResult(of, each, actual)) },
        outputs: { result: found >= 0, selected_case_id: handle },
        handle,
      });
    },
  };
}

function conditionResult(of: Selector, { contains, id }: Case, actual: string): object {
  const holds = actual.includes(contains);
  return {
    group: {
      case_id: id,
      logical_operator: 'and',
      conditions: [
        { variable_selector: of, comparison_operator: 'contains', value: contains, sub_variable_condition: null },
      ],
    },
    results: [holds],
    final_result: holds,
  };
}
