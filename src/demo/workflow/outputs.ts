import type { Execution } from './execution.ts';
import type { Fields } from './graph.ts';

/** What the response nodes that were reached have said: all Answer nodes together, or the End node's outputs. */
export function reachedOutputs(executions: readonly Execution[]): Fields {
  const reached = executions.filter(({ node, status }) => node.execution === 'response' && status === 'succeeded');
  return reached.reduce<Fields>((all, { outputs }) => joined(all, outputs), {});
}

function joined(all: Fields, more: Fields): Fields {
  if (typeof more['answer'] !== 'string' || !Array.isArray(more['files'])) return { ...all, ...more };
  const files = Array.isArray(all['files']) ? (all['files'] as readonly unknown[]) : [];
  return {
    answer: `${typeof all['answer'] === 'string' ? all['answer'] : ''}${more['answer']}`,
    files: [...files, ...more['files']],
  };
}
