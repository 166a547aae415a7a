import { connect, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { isTally, sum, type Tally } from '../stages/tally.ts';

/** What the suite in the extension host tells the process that started VS Code: one JSON value a line. */
type Message = { readonly line: string } | { readonly tally: Tally } | { readonly end: true };

/** The port the report goes to, in the extension host's environment. */
export const reportPort = 'TEST_REPORT_PORT';

/** The extension host's end. */
export interface Reporting {
  readonly line: (text: string) => void;
  /** The counts so far. */
  count(tally: Tally): void;
  end(): Promise<void>;
}

export async function openReport(): Promise<Reporting> {
  const socket = connect(Number(process.env[reportPort]), '127.0.0.1');
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const send = (message: Message): unknown => socket.write(`${JSON.stringify(message)}\n`);
  return {
    line: (line) => send({ line }),
    count: (tally) => send({ tally }),
    end: () => {
      send({ end: true });
      return new Promise((resolve) => socket.end(resolve));
    },
  };
}

/** The other end: prints each line as it comes. */
export interface ReportReceiver {
  readonly port: number;
  /** The last counts that came. */
  tally(): Tally;
  /** Whether the suite came to its end. */
  ended(): boolean;
  close(): void;
}

export async function receiveReport(print: (line: string) => void): Promise<ReportReceiver> {
  let tally = sum([]);
  let ended = false;
  const server = createServer((socket: Socket) => {
    createInterface(socket).on('line', (json) => {
      const message: unknown = JSON.parse(json);
      if (typeof message !== 'object' || message === null) {
        return;
      }
      if ('line' in message) {
        print(String(message.line));
      }
      if ('tally' in message && isTally(message.tally)) {
        tally = message.tally;
      }
      ended ||= 'end' in message;
    });
    // A host that dies breaks the connection off; that no end came then says it all.
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: portOf(server), tally: () => tally, ended: () => ended, close: () => server.close() };
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) {
    throw new Error('The report has no port.');
  }
  return address.port;
}
