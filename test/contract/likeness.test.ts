import assert from 'node:assert/strict';
import { differences } from '../support/likeness.ts';
import { everyRecording } from '../support/recordings.ts';
import { endpointOf } from './endpoints.ts';
import { session } from './session.ts';
import { settingFor } from './settings.ts';
import { unlike } from './unlike.ts';

/** Exchanges of one generation and mode. */
interface Count {
  alike: number;
  all: number;
  /** Endpoint and status, and whether some exchange with it is alike. */
  readonly kinds: Map<string, boolean>;
}

const counts = new Map<string, Count>();

function count(group: string, kind: string, isAlike: boolean): void {
  const known = counts.get(group) ?? { alike: 0, all: 0, kinds: new Map<string, boolean>() };
  known.all++;
  if (isAlike) known.alike++;
  known.kinds.set(kind, isAlike || known.kinds.get(kind) === true);
  counts.set(group, known);
}

function expectedUnlike(name: string): ReadonlySet<number> {
  const rows = unlike.filter(({ recording }) => recording === name || recording === name.slice(2));
  return new Set(rows.flatMap(({ exchanges }) => exchanges));
}

describe('the embedded server beside two real ones', () => {
  for (const { name, recording } of everyRecording()) {
    it(`answers alike in ${name}`, async () => {
      const pairs = await session(name, recording, settingFor(name, recording));

      const expected = expectedUnlike(name);
      const wrong: string[] = [];
      for (const [index, { exchange, ours, theirs }] of pairs.entries()) {
        const { method, path } = exchange.request;
        const endpoint = endpointOf(method, path);
        const found = differences(theirs, ours);
        const { generation, mode } = recording.server;
        count(`${generation} ${mode}`, `${endpoint} ${theirs.status}`, found.length === 0);
        if (expected.has(index) && found.length === 0)
          wrong.push(`${index} ${endpoint} is alike: strike it off the list`);
        if (!expected.has(index)) wrong.push(...found.map((difference) => `${index} ${endpoint}: ${difference}`));
      }
      assert.deepEqual(wrong, []);
    });
  }

  after(() => {
    const lines = [...counts]
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([group, { alike, all, kinds }]) => {
        const alikeKinds = [...kinds.values()].filter(Boolean).length;
        return `${group.padEnd(16)} ${alike} of ${all} exchanges, ${alikeKinds} of ${kinds.size} endpoints × status alike`;
      });
    // oxlint-disable-next-line no-console -- the count is what one runs this for
    console.log(`\n${lines.map((line) => `      ${line}`).join('\n')}`);
  });
});
