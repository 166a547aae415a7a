import assert from 'node:assert/strict';
import type { Transport } from '../../src/host/transport.ts';
import { tryIt, type Outcome } from './support/attempts.ts';
import { nodes } from './support/nodes.ts';
import { scenarios, type Scenario } from './support/scenarios.ts';
import { openWorld, type World } from './support/world.ts';

const transports: readonly Transport[] = ['editor', 'direct'];

interface Cell extends Outcome {
  /** How it ended, as the scenario tells it. */
  readonly end: string;
}

describe('Proxies and certificates', () => {
  let world: World;
  const cells = new Map<string, Promise<Cell>>();
  const cell = (...names: readonly string[]): Promise<Cell> => {
    const found = cells.get(names.join(', '));
    assert.ok(found);
    return found;
  };

  before(async () => {
    world = await openWorld();
    for (const [version, node] of nodes) {
      for (const scenario of scenarios) {
        for (const transport of transports) {
          const host = `attempt${cells.size}.corp.test`;
          cells.set(
            [version, scenario.name, transport].join(', '),
            attempted({ world, node, scenario, transport, host }),
          );
        }
      }
    }
    await Promise.all(cells.values());
  });

  after(async () => {
    await printTable(cell);
    await world.close();
  });

  for (const version of nodes.keys()) {
    for (const scenario of scenarios) {
      for (const transport of transports) {
        it(`${version}, ${transport}: ${scenario.name}`, async () => {
          const { end, auto, slotsKept, said } = await cell(version, scenario.name, transport);

          assert.equal(end, scenario[transport], said);
          assert.equal(auto, scenario.auto);
          assert.ok(slotsKept, "every other extension's fetch goes another way now");
        });
      }
    }
  }
});

interface Trial {
  readonly world: World;
  readonly node: string;
  readonly scenario: Scenario;
  readonly transport: Transport;
  readonly host: string;
}

async function attempted({ world, node, scenario, transport, host }: Trial): Promise<Cell> {
  const outcome = await tryIt(node, transport, scenario.on(world, host));
  const way = world.lab.proxied.has(host) ? 'by proxy' : 'straight';
  return { ...outcome, end: outcome.result === 'ok' ? way : outcome.result };
}

async function printTable(cell: (...names: readonly string[]) => Promise<Cell>): Promise<void> {
  const versions = [...nodes.keys()];
  const heads = versions.flatMap((version) => transports.map((transport) => `${transport} ${version}`));
  const row = (cells: readonly string[]): string => cells.map((text, i) => text.padEnd(i === 0 ? 52 : 18)).join('');
  console.log(`\n${row(['', ...heads, 'auto'])}`);
  for (const { name, auto } of scenarios) {
    const ends = versions.flatMap((version) => transports.map(async (each) => (await cell(version, name, each)).end));
    console.log(row([name, ...(await Promise.all(ends)), auto]));
  }
}
