import { createServer } from 'node:net';

/** `port` if nobody listens there, else 0, which means any. */
export function preferredPort(port: number): Promise<number> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(0));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(port)));
  });
}
