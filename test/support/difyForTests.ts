import { type DemoAppKey, startDifyServer } from '../dify-server/serve.ts';

/** Where the Dify server for tests is, as the process that runs the tests finds it in its environment. */
export interface DifyForTests {
  readonly baseUrl: string;
  readonly apps: readonly DemoAppKey[];
}

const variable = 'TEST_DIFY';

/**
 * The Dify server that the test runner started.
 *
 * @throws with the reason, where it did not start.
 */
export function difyForTests(): DifyForTests {
  const value: unknown = JSON.parse(process.env[variable] ?? '{ "failure": "the runner did not start it" }');
  if (typeof value === 'object' && value !== null && 'failure' in value) {
    throw new Error(`There is no Dify server: ${String(value.failure)}`);
  }
  return value as DifyForTests;
}

/** What `offerDify` leaves to whoever starts the tests. */
export interface OfferedDify {
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Starts the Dify server for a run; if it does not start, only the tests that ask for it fail. */
export async function offerDify(): Promise<OfferedDify> {
  try {
    const server = await startDifyServer();
    const { baseUrl, apps } = server;
    return { env: { [variable]: JSON.stringify({ baseUrl, apps }) }, close: () => server.close() };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    console.log(`The Dify server for tests did not start: ${failure}`);
    return { env: { [variable]: JSON.stringify({ failure }) }, close: () => Promise.resolve() };
  }
}
