import assert from 'node:assert/strict';
import { demoApps } from '../../../src/demo/demoApps.ts';
import {
  formWithFiles,
  hastyMail,
  hastyReviewChat,
  hastyReviewFlow,
  humanInputApps,
  mailOnly,
  reviewChat,
  reviewFlow,
  simpleReviewChat,
  twoForms,
} from '../../lab/humanInputApps.ts';
import { recording, recordingsIn } from '../../support/recordings.ts';
import { type LabReplay, likenessOf } from './humanInputReplay.ts';

const apps = [...humanInputApps.map(({ app }) => app), ...demoApps];
const otherApp = reviewChat.key;
const basicApp = demoApps.find(({ mode }) => mode === 'chat')?.key ?? '';

const settings: Readonly<Record<string, Omit<LabReplay, 'apps'>>> = {
  'chatflow-approve': { key: reviewChat.key },
  'chatflow-blocking': { key: reviewChat.key },
  'chatflow-delete-conversation-while-paused': { key: reviewChat.key },
  'chatflow-next-turn-while-paused': { key: reviewChat.key },
  'chatflow-simple': { key: simpleReviewChat.key },
  'chatflow-stop-while-paused': { key: reviewChat.key },
  'chatflow-timeout': { key: hastyReviewChat.key, age: 28_000 },
  'events-access': { key: reviewFlow.key, keys: { 5: otherApp, 6: basicApp, 12: otherApp, 13: basicApp } },
  'workflow-approve': { key: reviewFlow.key },
  'workflow-attach-right-after-submit-long': { key: reviewFlow.key },
  'workflow-blocking': { key: reviewFlow.key },
  'workflow-email-only': { key: mailOnly.key },
  'workflow-empty-values': { key: reviewFlow.key },
  'workflow-files': { key: formWithFiles.key },
  'workflow-form-errors': { key: reviewFlow.key, keys: { 3: otherApp, 6: otherApp } },
  'workflow-global-timeout': { key: reviewFlow.key, age: 47_000, formLimit: 1000 },
  'workflow-reject-attach-late': { key: reviewFlow.key },
  'workflow-snapshot': { key: reviewFlow.key },
  'workflow-stop-while-paused': { key: reviewFlow.key },
  'workflow-timeout': { key: hastyReviewFlow.key, age: 45_000 },
  'workflow-timeout-no-branch': { key: hastyMail.key, age: 50_000 },
  'workflow-two-forms': { key: twoForms.key },
};

describe('runs of the demo server that wait for a person', () => {
  for (const name of recordingsIn('b/human-input')) {
    it(`are like those of the real one in ${name}`, async () => {
      const setting = settings[name.replace('b/human-input/', '')];
      assert.ok(setting !== undefined);

      const found = await likenessOf(recording(name), { ...setting, apps });

      const unlike = found.flatMap((differences, index) => differences.map((each) => `${index}: ${each}`));
      assert.deepEqual(unlike, []);
    });
  }
});
