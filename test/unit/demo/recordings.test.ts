import assert from 'node:assert/strict';
import { recording, recordingsIn } from '../../support/recordings.ts';
import { replay } from './replay.ts';

/** What the recording's server has and ours has not: the recording is not replayed. */
const beyond = new Set([
  // The recorder could not note the answer it did not wait for; see generate.test.ts.
  'a/chat/blocking-client-abort',
  // A chatflow: see the tests of workflows.
  'a/proxy/chatflow-stream',
  'b/proxy/chatflow-stream',
  // A megabyte: kept for those who measure.
  'a/completion/big-1mb',
]);

/** Single exchanges that cannot agree, by their place. */
const exceptions: Readonly<Record<string, readonly number[]>> = {
  // Bytes that are no UTF-8, which the recording has not kept; see requests.test.ts.
  'chat/body-errors': [15],
  // The older server still lists what it is about to delete.
  'a/chat/delete-while-streaming': [3],
  // Three rows of many that share a second: any three.
  'chat/form-validation': [30],
  // Lists a conversation from before the recording.
  'chat/inputs-changed': [5],
  'special/delete-conversation-while-streaming-chat-plain': [4],
  // The server looks for a stop once a second: here it saw it sooner than ours does.
  'proxy/stop': [2],
  // Feedback of before the recording.
  'completion/feedback': [12],
};

const names = [
  ...['a/chat', 'a/completion', 'b/chat', 'b/completion', 'a/proxy', 'b/proxy'].flatMap(recordingsIn),
  'b/special/delete-conversation-while-streaming-chat-plain',
  'b/special/upload-limits',
];

describe('the demo server', () => {
  for (const name of names.filter((each) => !beyond.has(each))) {
    it(`answers as the real one did in ${name}`, async () => {
      const replayed = await replay(name, recording(name));

      const skipped = exceptions[name] ?? exceptions[name.slice(2)] ?? [];
      for (const [index, { ours, theirs }] of replayed.entries()) {
        if (!skipped.includes(index)) assert.deepEqual(ours, theirs, `exchange ${index}`);
      }
    });
  }
});
