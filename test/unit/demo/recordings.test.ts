import assert from 'node:assert/strict';
import { recording, recordingsIn } from '../../support/recordings.ts';
import { replay } from './replay.ts';

/** What the recording's server has and ours has not: the recording is not replayed. */
const beyond = new Set([
  'a/chat/api-switched-off-between-turns',
  'b/chat/api-switched-off-between-turns',
  'a/chat/app-deleted',
  'b/chat/app-deleted',
  'a/chat/audio-off',
  'b/chat/audio-off',
  'a/chat/capped',
  'b/chat/capped',
  'a/chat/capped-after-abort',
  'b/chat/capped-after-abort',
  'a/chat/config-changed-between-turns',
  'b/chat/config-changed-between-turns',
  'a/chat/feedback',
  'b/chat/feedback',
  'a/chat/file-too-large',
  'b/chat/file-too-large',
  'a/chat/file-upload',
  'b/chat/file-upload',
  'a/chat/key-deleted',
  'b/chat/key-deleted',
  'a/chat/message-with-image',
  'b/chat/message-with-image',
  'a/chat/moderation',
  'b/chat/moderation',
  'a/chat/speech',
  'b/chat/speech',
  'a/chat/suggested-llm-fails',
  'a/chat/suggested-off',
  'b/chat/suggested-off',
  'a/chat/variables',
  'b/chat/variables',
  'a/completion/audio-off',
  'b/completion/audio-off',
  'a/completion/feedback',
  'b/completion/feedback',
  'a/completion/files',
  'a/completion/speech',
  'b/completion/speech',
  // The recorder could not note the answer it did not wait for; see generate.test.ts.
  'a/chat/blocking-client-abort',
  // A megabyte: kept for those who measure.
  'a/completion/big-1mb',
]);

/** Single exchanges that cannot agree, by their place. */
const exceptions: Readonly<Record<string, readonly number[]>> = {
  // A deleted key, made unreadable like the good one.
  'chat/auth-failures': [11],
  // Bytes that are no UTF-8, which the recording has not kept; see requests.test.ts.
  'chat/body-errors': [15],
  // The key of another app, made unreadable too.
  'chat/conversation-wrong-id': [6],
  // Uploads.
  'chat/cors': [3],
  'chat/files-off': [0],
  'completion/files-off': [0],
  // The older server still lists what it is about to delete.
  'a/chat/delete-while-streaming': [3],
  // Three rows of many that share a second: any three.
  'chat/form-validation': [30],
  // Lists a conversation from before the recording.
  'chat/inputs-changed': [5],
  // Run logs.
  'chat/wrong-mode': [6],
  // Feedback.
  'completion/client-abort': [1],
};

describe('the demo server', () => {
  for (const folder of ['a/chat', 'a/completion', 'b/chat', 'b/completion']) {
    for (const name of recordingsIn(folder).filter((each) => !beyond.has(each))) {
      it(`answers as the real one did in ${name}`, async () => {
        const replayed = await replay(recording(name));

        const skipped = exceptions[name] ?? exceptions[name.slice(2)] ?? [];
        for (const [index, { ours, theirs }] of replayed.entries()) {
          if (!skipped.includes(index)) assert.deepEqual(ours, theirs, `exchange ${index}`);
        }
      });
    }
  }
});
