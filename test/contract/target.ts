import type { DemoServer } from '../../src/demo/server.ts';
import type { TestClock } from '../support/testClock.ts';

/** How a server is reached, and how time passes there. */
export interface Target {
  /** Like `http://127.0.0.1:5001/v1`, without a slash at the end. */
  readonly base: string;
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** What the work gives, while the server's time goes on. */
  during<T>(work: Promise<T>): Promise<T>;
  sleep(ms: number): Promise<void>;
}

/** A server at an address, in real time. */
export function remote(base: string): Target {
  return {
    base: base.replace(/\/+$/, ''),
    fetch: (url, init) => fetch(url, { ...init, redirect: 'manual' }),
    during: (work) => work,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}

/** The embedded server, without a network; its clock jumps to what comes next whenever somebody waits for it. */
export function embedded(server: DemoServer, clock: TestClock): Target {
  const during = async <T>(work: Promise<T>): Promise<T> => {
    const state = { over: false };
    const end = (): void => {
      state.over = true;
    };
    work.then(end, end);
    // Somebody may wait for a stream that never says anything more: that is for the test's time limit.
    while (!state.over) await clock.passToNext(() => state.over);
    return work;
  };
  return {
    base: 'http://127.0.0.1:5001/v1',
    fetch: (url, init) => during(server.handle(new Request(url, init))),
    during,
    sleep: (ms) => clock.pass(ms),
  };
}
