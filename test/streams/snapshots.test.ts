import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { recordedFolders } from '../support/recordings.ts';
import { recordedStreams } from '../support/recordedStreams.ts';
import { snapshotOf, type Snapshot } from './snapshot.ts';

// UPDATE_SNAPSHOTS=yes npm run test:streams   writes what the client makes of the recordings now; look at the difference in Git.
const update = process.env['UPDATE_SNAPSHOTS'] !== undefined;
const snapshots = new URL('snapshots/', import.meta.url);

for (const folder of recordedFolders()) {
  describe(`The streams recorded in ${folder}`, () => {
    const file = new URL(`${folder.replace('/', '-')}.json`, snapshots);

    it('lead to the same events and the same run as before', async () => {
      const actual: Record<string, Snapshot> = {};
      for (const stream of recordedStreams(folder)) actual[stream.name] = await snapshotOf(stream);
      if (update) {
        mkdirSync(snapshots, { recursive: true });
        writeFileSync(file, textOf(actual));
      }

      const expected = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Snapshot>>;
      assert.deepEqual(Object.keys(actual), Object.keys(expected));
      const others = Object.keys(actual).filter(
        (name) => JSON.stringify(actual[name]) !== JSON.stringify(expected[name]),
      );
      for (const name of others) assert.deepEqual(actual[name], expected[name], explanation(others, name));
    });
  });
}

function explanation(others: readonly string[], name: string): string {
  const more = others.length > 1 ? `, as do ${others.length - 1} more: ${others.slice(1, 9).join(', ')}` : '';
  return `${name} differs${more}. If it should: UPDATE_SNAPSHOTS=yes npm run test:streams`;
}

/** A line for each stream, and three for what it leads to: short, and differences are easy to see. */
function textOf(streams: Readonly<Record<string, Snapshot>>): string {
  const entries = Object.entries(streams).map(([name, { events, end, shown }]) => {
    const lines = Object.entries({ events, end, shown }).map(
      ([key, value]) => `    "${key}": ${JSON.stringify(value)}`,
    );
    return `  ${JSON.stringify(name)}: {\n${lines.join(',\n')}\n  }`;
  });
  return `{\n${entries.join(',\n')}\n}\n`;
}
