import assert from 'node:assert/strict';
import { demoApps } from '../../../src/demo/demoApps.ts';
import { chatflowApps } from '../../lab/chatflowApps.ts';
import { workflowApps } from '../../lab/workflowApps.ts';
import { recording, recordingsIn } from '../../support/recordings.ts';
import { likenessOf } from './humanInputReplay.ts';

const apps = [...chatflowApps, ...workflowApps].map(({ app }) => app).concat(demoApps);

function keyOf(wanted: string): string {
  return apps.find(({ name }) => name === wanted)?.key ?? '';
}

function appFor(name: string): string {
  if (name.endsWith('chat-cut')) return 'Demo Chat';
  if (name.endsWith('advanced-chat/events-endpoint')) return 'Branches';
  if (name.endsWith('workflow/events-endpoint')) return 'Branching workflow';
  return name.includes('/chatflow-') ? 'Long chatflow' : 'long-workflow';
}

/** Three branches go on at once there, and which is first is a matter of milliseconds. */
const exceptions: Readonly<Record<string, readonly number[]>> = {
  'b/reattach/workflow-attach-at-once': [1],
  'b/reattach/workflow-cut': [2],
  'b/reattach/workflow-cut-snapshot': [1, 2],
};

const recordings = [
  ...recordingsIn('b/reattach'),
  ...['a', 'b'].flatMap((each) => [`${each}/advanced-chat/events-endpoint`, `${each}/workflow/events-endpoint`]),
];

describe('runs of the demo server whose caller has gone away', () => {
  for (const name of recordings) {
    it(`are like those of the real one in ${name}`, async () => {
      const key = keyOf(appFor(name));

      const found = await likenessOf(recording(name), { apps, key });

      const compared = [...found.entries()].filter(([index]) => exceptions[name]?.includes(index) !== true);
      const unlike = compared.flatMap(([index, differences]) => differences.map((each) => `${index}: ${each}`));
      assert.deepEqual(unlike, []);
    });
  }
});
