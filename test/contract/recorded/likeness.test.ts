import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { differences } from '../../support/likeness.ts';
import { everyRecording, type Recording } from '../../support/recordings.ts';
import { endpointOf } from '../endpoints.ts';
import { exactAnswers } from './exact.ts';
import { type Pair, replay } from './replay.ts';
import { settingFor } from './settings.ts';
import { placesIn, unequal, unlike } from './unlike.ts';

/** Exchanges of one generation and mode. */
interface Count {
  alike: number;
  all: number;
  /** Endpoint and status, and whether some exchange with it is alike. */
  readonly kinds: Map<string, boolean>;
}

const counts = new Map<string, Count>();

function count({ generation, mode }: Recording['server'], kind: string, isAlike: boolean): void {
  const group = `${generation} ${mode}`;
  const known = counts.get(group) ?? { alike: 0, all: 0, kinds: new Map<string, boolean>() };
  known.all++;
  if (isAlike) known.alike++;
  known.kinds.set(kind, isAlike || known.kinds.get(kind) === true);
  counts.set(group, known);
}

function nameOf({ exchange: { request } }: Pair): string {
  return endpointOf(request.method, request.path);
}

/** What runs of a graph say besides is a matter of the lab's nodes. */
const equalModes: ReadonlySet<string> = new Set(['agent', 'agent-chat', 'chat', 'completion']);

/** Where answers that are to be equal are not. Refusals are, of apps of every mode. */
function inequalities(name: string, { server }: Recording, pairs: readonly Pair[]): readonly string[] {
  const apart = placesIn([...unlike, ...unequal], name);
  const compared = [...pairs.entries()].filter(([index]) => !apart.has(index));
  const exact = exactAnswers(compared.map(([, pair]) => pair));
  return compared.flatMap(([index, pair], place) => {
    if (!equalModes.has(server.mode) && Number(pair.theirs.status) < 400) return [];
    const { ours, theirs } = exact[place] ?? {};
    if (isDeepStrictEqual(ours, theirs)) return [];
    return [`${index} ${nameOf(pair)}: ${JSON.stringify(ours)}\nthere: ${JSON.stringify(theirs)}`];
  });
}

describe('the embedded server beside two real ones', () => {
  for (const { name, recording } of everyRecording()) {
    it(`answers as they did in ${name}`, async () => {
      const pairs = await replay(recording, settingFor(name, recording));

      const expected = placesIn(unlike, name);
      const wrong: string[] = [];
      for (const [index, pair] of pairs.entries()) {
        const found = differences(pair.theirs, pair.ours);
        count(recording.server, `${nameOf(pair)} ${pair.theirs.status}`, found.length === 0);
        const place = `${index} ${nameOf(pair)}`;
        if (expected.has(index) && found.length === 0) wrong.push(`${place} is alike: strike it off the list`);
        if (!expected.has(index)) wrong.push(...found.map((difference) => `${place}: ${difference}`));
      }
      assert.deepEqual(wrong, []);
      assert.deepEqual(inequalities(name, recording, pairs), []);
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
