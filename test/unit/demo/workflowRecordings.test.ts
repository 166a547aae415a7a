import assert from 'node:assert/strict';
import type { App } from '../../../src/demo/apps.ts';
import type { DemoServer } from '../../../src/demo/server.ts';
import type { Version } from '../../../src/demo/workflow/published.ts';
import { chatflowApps, editions } from '../../lab/chatflowApps.ts';
import { guardedFlowApps } from '../../lab/guardedFlowApps.ts';
import { toolFileApps } from '../../lab/toolFileApps.ts';
import { humanInputApps } from '../../lab/humanInputApps.ts';
import { workflowApps, workflowVersions } from '../../lab/workflowApps.ts';
import { differences } from '../../support/likeness.ts';
import { recording, recordingsIn } from '../../support/recordings.ts';
import type { TestClock } from '../../support/testClock.ts';
import { replayInLab } from './labReplay.ts';

/** Which app of the lab a recording talks to, by its name without the generation; the others talk to the one with all branches. */
const appOf: Readonly<Record<string, string>> = {
  'advanced-chat/agent-node-llm-error': 'Agent node',
  'advanced-chat/agent-node-no-tool': 'Agent node',
  'advanced-chat/agent-node-rounds': 'Agent node',
  'advanced-chat/annotation-hit': 'Annotated flow',
  'advanced-chat/concurrent-turns': 'Handbook flow',
  'advanced-chat/discovery': 'Handbook flow',
  'advanced-chat/form-validation': 'Required inputs',
  'advanced-chat/moderation': 'Moderated flow',
  'advanced-chat/normal': 'Handbook flow',
  'advanced-chat/published-again-between-turns': 'Published anew',
  'advanced-chat/speech': 'Speaking flow',
  'advanced-chat/tool-file': 'Drawing chatflow',
  'advanced-chat/variables': 'Handbook flow',
  'advanced-chat/with-files': 'Handbook flow',
  'workflow/blocking': 'All inputs',
  'workflow/discovery': 'All inputs',
  'workflow/files': 'All inputs',
  'workflow/form-validation': 'All inputs',
  'workflow/run-detail': 'All inputs',
  'workflow/streaming': 'All inputs',
  'workflow/tool-file': 'Drawing workflow',
  'workflow/unpublished': 'Never published',
  'workflow/versions': 'Versions',
  'reattach/chatflow-blocking-disconnect': 'Long chatflow',
  'reattach/chatflow-cut-never-back': 'Long chatflow',
  'reattach/chatflow-cut-snapshot': 'Long chatflow',
  'reattach/chatflow-cut': 'Long chatflow',
  'reattach/chatflow-stop': 'Long chatflow',
  'reattach/workflow-attach-at-once': 'long-workflow',
  'reattach/workflow-blocking-disconnect': 'long-workflow',
  'reattach/workflow-cut-snapshot': 'long-workflow',
  'reattach/workflow-cut': 'long-workflow',
  'reattach/workflow-stop': 'long-workflow',
  'special/chatflow-fails-after-text': 'Fails after text',
  'special/conversation-variables': 'Every variable',
  'special/delete-conversation-while-streaming-long-chatflow': 'Long chatflow',
  'special/headers': 'long-workflow',
  'special/reasoning-chatflow': 'Reasoning chatflow',
  'special/reasoning-workflow': 'Reasoning workflow',
  'special/tts-chatflow': 'Speaking flow',
  'special/worker-down': 'Review chat',
  'special/workflow-missing-input-until-eof': 'long-workflow',
  'special/end-user': 'long-workflow',
};

/** Ids that the lab's own things have in the recordings too. */
const sameIds = ['00000000-0000-4000-8000-00000000000', 'aaaaaaaa-0000-4000-8000-00000000000'].flatMap((head) =>
  Array.from({ length: 9 }, (_, index) => [`${head}${index}`, `${head}${index}`] as const),
);

/** The version published first, and the draft. */
const versionIds = ['3becba11-3260-4559-b716-7db515f1ccaf', 'b56a42cc-8537-4be6-ab89-348ea83b774b'].map(
  (id) => [id, workflowVersions[0]?.id ?? ''] as const,
);
const draftIds = ['c9091be2-fc72-4e6a-8e37-91ba6c97c205', 'f89549e3-d662-4a57-9105-6daaa9599c30'].map(
  (id) => [id, labAppNamed('Versions').workflow?.draftId ?? ''] as const,
);

/** What forms for people do is compared where they are. */
const elsewhere = /^\/v1\/workflow\//;

/** Exchanges that are not like the recorded ones, with the reason. Names without generation mean both. */
const exceptions: Readonly<Record<string, readonly number[]>> = {
  // Somebody, and runs, of before the recording.
  'special/end-user': [0, 3],
  // The recorded API was killed, and the worker went on.
  'b/advanced-chat/server-killed': [0],
  // Asks with the key of another app.
  'special/worker-down': [3],
  // Lists what was there before the recording, too.
  'workflow/logs': [2, 5, 9],
  'special/delete-conversation-while-streaming-long-chatflow': [4],
  // The real one describes what knowledge bases offer too, and every parameter.
  'special/headers': [5],
  'special/workflow-missing-input-until-eof': [1],
  'reattach/workflow-blocking-disconnect': [1],
  // Asks with the key of another app.
  'workflow/streaming': [2],
  // Any two variables of several: they are of the same second.
  'advanced-chat/variables': [2],
  'special/conversation-variables': [2],
};

function labAppNamed(wanted: string): App {
  const all = [...chatflowApps, ...guardedFlowApps, ...humanInputApps, ...toolFileApps, ...workflowApps];
  const found = all.find(({ app }) => app.name === wanted);
  assert.ok(found, `${wanted} is an app of the lab`);
  return found.app;
}

function labApp(name: string): App {
  const wanted = appOf[name.slice(2)];
  return labAppNamed(wanted ?? (name.slice(2).startsWith('workflow') ? 'Branching workflow' : 'Branches'));
}

interface Story {
  readonly app: App;
  /** What happens to the server before an exchange. */
  readonly at: (index: number, server: DemoServer, clock: TestClock) => void;
}

function storyOf(name: string): Story {
  if (name.includes('published-again')) return appInMaking();
  const app = labApp(name);
  if (name === 'a/advanced-chat/server-killed') {
    const never = new AbortController().signal;
    // It is killed while it answers the first question.
    return {
      app,
      at: (index, { worker }, clock) =>
        index === 0 ? void clock.sleep(2000, never).then(() => worker.kill()) : undefined,
    };
  }
  if (name === 'b/special/worker-down') return { app, at: (_index, { worker }) => worker.stop() };
  return { app, at: () => {} };
}

/** The app that is published for the first time after the first question, and anew while it answers the second. */
function appInMaking(): Story {
  const published: Version[] = [];
  const app = labAppNamed('Published anew');
  assert.ok(app.workflow);
  return {
    app: { ...app, workflow: { ...app.workflow, versions: published } },
    at: (index) => {
      const edition = index === 1 ? editions[0] : index === 3 ? editions[1] : undefined;
      if (edition !== undefined) published.push(edition);
    },
  };
}

const names = [
  ...['a/advanced-chat', 'b/advanced-chat', 'a/workflow', 'b/workflow', 'b/reattach'].flatMap(recordingsIn),
  'a/proxy/chatflow-stream',
  'b/proxy/chatflow-stream',
  ...recordingsIn('b/special').filter((name) => name.slice(2) in appOf),
].filter((name) => name !== 'b/reattach/chat-cut');

describe('the demo server with the workflows of the lab', () => {
  for (const name of names) {
    it(`answers as the real one did in ${name}`, async () => {
      const { app, at } = storyOf(name);
      const replayed = await replayInLab(recording(name), app, {
        at,
        ids: [...sameIds, ...versionIds, ...draftIds],
        // The recorded model was slow that day.
        firstWord: name.includes('near-node-end') ? 600 : undefined,
      });

      const skipped = exceptions[name] ?? exceptions[name.slice(2)] ?? [];
      const found = replayed.flatMap(({ exchange: { request }, ours, theirs }, index) => {
        if (skipped.includes(index) || elsewhere.test(request.path)) return [];
        return differences(theirs, ours).map((each) => `${index} ${request.method} ${request.path}: ${each}`);
      });
      assert.deepEqual(found, []);
    });
  }
});
