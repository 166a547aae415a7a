import { codeServerHost } from './host.ts';
import type { Stage } from './program.ts';
import { sum } from './tally.ts';

/**
 * Gets what the tests in VS Code need, beginning at once: a download can go on while checks keep the processor busy. The stage waits
 * for it and tells what happened; it counts nothing, for the stages that need it say if they do not have it.
 */
export function getVSCode(): Stage {
  const lines: string[] = [];
  const got = codeServerHost((line) => lines.push(line)).then(
    (host) => (host.type === 'none' ? `Not here: ${host.reason}.` : `${host.name} is ready.`),
    (error: unknown) => `Failed: ${error instanceof Error ? error.message : String(error)}`,
  );
  return {
    title: 'VS Code',
    run: async ({ log }) => {
      const end = await got;
      log([...lines, end].join('\n'));
      return sum([]);
    },
  };
}
