import assert from 'node:assert/strict';
import type { App } from '../../../src/demo/apps.ts';
import { clockAgent, newAgent, reactAgent, toolAgent } from '../../lab/agentApps.ts';
import { recording, recordingsIn } from '../../support/recordings.ts';
import { replay } from './replay.ts';

/** Which agent of the lab a recording talks to. */
function agentOf(name: string): App {
  return { ...kindOf(name), authorName: name.startsWith('a/') ? 'Admin' : 'Lab Admin' };
}

function kindOf(name: string): App {
  if (name.startsWith('b/agent/')) return newAgent;
  if (name.endsWith('/react')) return reactAgent;
  return /tool-(?:file|json)$/.test(name) ? toolAgent : clockAgent;
}

/** Single exchanges that cannot agree, by their place. */
const exceptions: Readonly<Record<string, readonly number[]>> = {
  // The recorder asked for the history a moment earlier than our server ends the turn.
  'agent-chat/stop-in-tool-round': [2],
};

describe('an agent of the demo server', () => {
  for (const folder of ['a/agent-chat', 'b/agent-chat', 'b/agent']) {
    for (const name of recordingsIn(folder)) {
      it(`does what the real one did in ${name}`, async () => {
        const replayed = await replay(name, recording(name), agentOf(name));

        const skipped = exceptions[name] ?? exceptions[name.slice(2)] ?? [];
        for (const [index, { ours, theirs }] of replayed.entries()) {
          if (!skipped.includes(index)) assert.deepEqual(ours, theirs, `exchange ${index}`);
        }
      });
    }
  }
});
