import { globSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isExchange, readRecording } from '../support/recordings.ts';
import { streamsOf, type RecordedStream } from '../support/recordedStreams.ts';
import { lineOf } from './line.ts';

const help = `What the client makes of recorded streams: one line of JSON for each stream, in the order of the files.

  npm run --silent replay -- FOLDER [--cut every|N]

FOLDER      Recordings as described in test/support/transcripts/README.md, .json or .json.gz, at any depth; or one such file.
--cut N     Cuts each stream at byte N besides, in two ways: the rest comes as a second piece, and the rest never comes.
--cut every The same at every byte; in streams over 10 kB at 16 bytes on each side of every boundary of an event, and inside every
            character of more than one byte.

  file, exchange   the file below FOLDER, and the index in its "exchanges" (the first is 0)
  end              done, incomplete, stopped, failed or paused. stopped: the server says so, or the file has a stop of that
                   task that was sent while the stream was open and not refused
  answer           the text of the answer as it is shown in the end
  events           Dify's events that the client yielded, those it has no use for included; pings have no data and are not
                   among them, nor what follows an "error" event
  conversationId, messageId, taskId, runId    the first that an event names; null where none does
  cuts, differences    with --cut: how many places were cut, and what was found there that should not be: other events when
                   it came in two pieces; of a stream cut off, an event before the cut lost or changed, an end other than incomplete
                   though the end had not come, or incomplete though it had. Each is told on stderr.

A stream is the answer, of type text/event-stream, to POST /chat-messages, /completion-messages, /workflows/run,
/workflows/ID/run or GET /workflow/ID/events. One whose recording did not end with "eof" breaks off at its end.
The exit code is 0; 1 if there was something that cannot be read, which is told on stderr.`;

const { values, positionals } = parseArgs({
  options: { cut: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
  allowPositionals: true,
});
const [folder] = positionals;
const cut = cutArgument(values.cut);

if (values.help) console.log(help);
else if (folder === undefined || positionals.length > 1 || cut === 'invalid') {
  console.error(help);
  process.exitCode = 1;
} else {
  // npm runs scripts in the folder of the package, wherever it was called.
  await replayAll(path.resolve(process.env['INIT_CWD'] ?? '.', folder), cut);
}

async function replayAll(from: string, where: number | 'every' | undefined): Promise<void> {
  const files = attempt(from, () => filesIn(from));
  if (files?.length === 0) complain(from, 'holds no recordings');
  for (const file of files ?? []) {
    const name = path.relative(statSync(from).isDirectory() ? from : path.dirname(from), file).replaceAll('\\', '/');
    const streams = attempt(name, () => streamsIn(name, file)) ?? [];
    for (const stream of streams) {
      await lineOf(name, stream, where).then(
        (line) => console.log(JSON.stringify(line)),
        (error: unknown) => complain(stream.name, error),
      );
    }
  }
}

/** What of the file can be read; the rest is told. */
function streamsIn(name: string, file: string): readonly RecordedStream[] {
  const { exchanges } = readRecording(file);
  for (const [index, exchange] of exchanges.entries()) {
    if (!isExchange(exchange)) complain(`${name} #${index}`, 'This is no exchange.');
  }
  return streamsOf(name, exchanges);
}

function filesIn(from: string): readonly string[] {
  if (!statSync(from).isDirectory()) return [from];
  return globSync('**/*.{json,json.gz}', { cwd: from })
    .sort()
    .map((file) => path.join(from, file));
}

function attempt<T>(name: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    complain(name, error);
    return undefined;
  }
}

function complain(name: string, why: unknown): void {
  console.error(`${name}: ${why instanceof Error ? why.message : String(why)}`);
  process.exitCode = 1;
}

function cutArgument(value: string | undefined): number | 'every' | undefined | 'invalid' {
  if (value === undefined || value === 'every') return value;
  return /^\d+$/.test(value) ? Number(value) : 'invalid';
}
