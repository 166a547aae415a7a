import type { App, Parameters } from '../../../src/demo/apps.ts';
import type { Version } from '../../../src/demo/workflow/published.ts';
import { appNamed } from '../../lab/apps.ts';
import { editions } from '../../lab/chatflowApps.ts';
import { workflowVersions } from '../../lab/workflowApps.ts';
import { type RecordedExchange, type Recording, bodyOf } from '../../support/recordings.ts';
import { appOf } from './recordedApp.ts';
import { type Setting, ownKey, twinKey } from './replay.ts';

/** The app of the lab for recordings whose name (without the generation) fits; the first that does. */
const byName: readonly (readonly [pattern: RegExp, app: string])[] = [
  [/^agent\//, 'Lab agent'],
  [/^chat\/(?:message-with-documents|signed-url-expiry)$/, 'Handbook assistant'],
  [/^agent-chat\/react$/, 'ReAct agent'],
  [/^agent-chat\/tool-(?:file|json)$/, 'Tool agent'],
  [/^agent-chat\//, 'Clock agent'],
  [/^advanced-chat\/agent-node/, 'Agent node'],
  [/^advanced-chat\/annotation-hit$/, 'Annotated flow'],
  [/^advanced-chat\/moderation$|^special\/moderated-chatflow/, 'Moderated flow'],
  [/^advanced-chat\/speech$|^special\/tts-chatflow$/, 'Speaking flow'],
  [/^advanced-chat\/tool-file$/, 'Drawing chatflow'],
  [/^workflow\/tool-file$/, 'Drawing workflow'],
  [/^advanced-chat\/(?:concurrent-turns|discovery|normal|variables|with-files)$/, 'Handbook flow'],
  [/^advanced-chat\/form-validation$/, 'Required inputs'],
  [/^advanced-chat\/published-again/, 'Published anew'],
  [/^advanced-chat\/|^proxy\/chatflow/, 'Branches'],
  [/^workflow\/(?:all-inputs|blocking|discovery|files|form-validation|run-detail|streaming)$/, 'All inputs'],
  [/^workflow\/unpublished$/, 'Never published'],
  [/^workflow\/versions$/, 'Versions'],
  [/^workflow\//, 'Branching workflow'],
  [/^special\/chatflow-missing/, 'Required inputs'],
  [/^reattach\/chatflow|long-chatflow$|^special\/celery/, 'Long chatflow'],
  [/^reattach\/workflow|^special\/(?:workflow-missing|headers|end-user)/, 'long-workflow'],
  [/^special\/chatflow-fails/, 'Fails after text'],
  [/^special\/conversation-variables$/, 'Every variable'],
  [/^special\/reasoning-chatflow$/, 'Reasoning chatflow'],
  [/^special\/(?:reasoning|tts)-workflow$/, 'Reasoning workflow'],
  [/^special\/tts-chat$/, 'Speaking chat'],
  [/^special\/worker-/, 'Review chat'],
  [/^special\/chatflow-unknown/, 'Simple review chat'],
  [/^human-input\/chatflow-simple$/, 'Simple review chat'],
  [/^human-input\/chatflow-timeout$/, 'Hasty review chat'],
  [/^human-input\/chatflow/, 'Review chat'],
  [/^human-input\/workflow-timeout$/, 'Hasty review'],
  [/^human-input\/workflow-timeout-no-branch$/, 'Hasty mail'],
  [/^human-input\/workflow-two-forms$/, 'Two forms'],
  [/^human-input\/workflow-files$/, 'Form with files'],
  [/^human-input\/workflow-email-only$/, 'Mail only'],
  [/^human-input\//, 'Review'],
];

/** How the server is to be set up for the recording. Recordings of plain chatbots and text generators show their app themselves. */
export function settingFor(name: string, recording: Recording): Setting {
  const bare = name.slice(2);
  const wanted = byName.find(([pattern]) => pattern.test(bare))?.[1];
  return {
    ...(wanted === undefined
      ? { app: appOf(recording), model: 'recorded' as const }
      : { app: ownedApp(appNamed(wanted), recording), model: 'lab' as const }),
    ...(name.includes('/proxy/') ? { proxy: {} } : {}),
    ...(more[name] ?? more[bare])?.(recording),
  };
}

/** Only agents show whose they are; the older lab's owner had a shorter name. */
function ownedApp(app: App, { server }: Recording): App {
  return server.mode === 'agent-chat' && server.generation === 'a' ? { ...app, authorName: 'Admin' } : app;
}

/** Opens nothing any more. */
const goneKey = 'app-GONE';

const otherApp = { key: appNamed('Review chat').key, basic: appNamed('Plain chat').key };

/** Ids that the lab's own things have in the recordings too. */
const sameIds = ['00000000-0000-4000-8000-00000000000', 'aaaaaaaa-0000-4000-8000-00000000000'].flatMap((head) =>
  Array.from({ length: 9 }, (_, index) => [`${head}${index}`, `${head}${index}`] as const),
);

/** The version published first, and the draft, of both generations. */
const versionIds = [
  ...['3becba11-3260-4559-b716-7db515f1ccaf', 'b56a42cc-8537-4be6-ab89-348ea83b774b'].map(
    (id) => [id, workflowVersions[0]?.id ?? ''] as const,
  ),
  ...['c9091be2-fc72-4e6a-8e37-91ba6c97c205', 'f89549e3-d662-4a57-9105-6daaa9599c30'].map(
    (id) => [id, appNamed('Versions').workflow?.draftId ?? ''] as const,
  ),
];

/** What a recording needs besides its app, by its name with or without the generation. */
const more: Readonly<Record<string, (recording: Recording) => Partial<Setting>>> = {
  'a/advanced-chat/server-killed': () => ({ at: killedInFirstAnswer }),
  'advanced-chat/published-again-between-turns': publishedAnew,
  'advanced-chat/variables': () => ({ ids: sameIds }),
  'agent-chat/stop-in-tool-round': () => ({ firstWord: 700 }),
  'chat/api-switched-off-between-turns': () => ({
    at: (index, { owner }) => {
      if (index === 1) owner.change(ownKey, { state: 'apiDisabled' });
      if (index === 2) owner.change(ownKey, { state: 'normal' });
    },
  }),
  'chat/app-deleted': () => ({ at: (index, { owner }) => (index === 1 ? owner.deleteApp(ownKey) : undefined) }),
  'chat/auth-failures': () => ({ keys: { 11: goneKey } }),
  'chat/blocking-client-abort': () => ({ app: appNamed('Plain chat'), model: 'lab' }),
  'chat/config-changed-between-turns': (recording) => ({
    at: (index, { owner }) => {
      if (index === 2) owner.change(ownKey, { parameters: parametersIn(recording.exchanges[index]) });
    },
  }),
  'chat/conversation-wrong-id': () => ({ keys: { 6: twinKey } }),
  'chat/key-deleted': () => ({
    at: (index, { owner }) => {
      if (index === 2) owner.deleteKey(ownKey);
      if (index === 4) owner.addKey(ownKey, ownKey);
    },
  }),
  'chat/message-with-image': () => ({ keys: { 7: twinKey } }),
  'human-input/chatflow-timeout': () => ({ age: 28_000 }),
  'human-input/events-access': () => ({
    keys: { 5: otherApp.key, 6: otherApp.basic, 12: otherApp.key, 13: otherApp.basic },
  }),
  'human-input/workflow-form-errors': () => ({ keys: { 3: otherApp.key, 6: otherApp.key } }),
  'human-input/workflow-global-timeout': () => ({ age: 47_000, formLimit: 1_000 }),
  'human-input/workflow-timeout': () => ({ age: 45_000 }),
  'human-input/workflow-timeout-no-branch': () => ({ age: 50_000 }),
  'proxy/bad-gateway': () => ({ proxy: { down: true } }),
  'proxy/discovery': () => ({ keys: { 9: goneKey } }),
  'proxy/gateway-timeout': () => ({ proxy: { readTimeout: 3000 } }),
  'special/worker-down': () => ({ keys: { 3: otherApp.basic }, at: (_index, { worker }) => worker.stop() }),
  'special/conversation-variables': () => ({ ids: sameIds }),
  'workflow/stop-near-node-end': () => ({ firstWord: 600 }),
  'workflow/streaming': () => ({ keys: { 2: otherApp.key } }),
  'workflow/versions': () => ({ ids: versionIds }),
};

/** With the older server's one process goes what it was running. */
const killedInFirstAnswer: NonNullable<Setting['at']> = (index, { worker }, clock) => {
  if (index === 0) void clock.sleep(2000, new AbortController().signal).then(() => worker.kill());
};

/** The app that is published for the first time after the first question, and anew while it answers the second. */
function publishedAnew(): Partial<Setting> {
  const published: Version[] = [];
  const app = appNamed('Published anew');
  if (app.workflow === undefined) return {};
  return {
    app: { ...app, workflow: { ...app.workflow, versions: published } },
    at: (index) => {
      const edition = index === 1 ? editions[0] : index === 3 ? editions[1] : undefined;
      if (edition !== undefined) published.push(edition);
    },
  };
}

/** What `GET /parameters` answered. */
function parametersIn(exchange: RecordedExchange | undefined): Parameters {
  return JSON.parse(exchange === undefined ? '' : bodyOf(exchange).toString()) as Parameters;
}
