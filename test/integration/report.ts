import { connect, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { isTally, type Tally } from '../stages/tally.ts';

/** What the suite in the extension host tells the process that started VS Code: one JSON value a line. */
type Message = { readonly line: string } | { readonly tally: Tally };

/** The port the report goes to, in the extension host's environment. */
export const reportPort = 'TEST_REPORT_PORT';

/** The extension host's end. */
export interface Reporting {
  line(text: string): void;
  end(tally: Tally): Promise<void>;
}

export async function openReport(): Promise<Reporting> {
  const socket = connect(Number(process.env[reportPort]), '127.0.0.1');
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const send = (message: Message): unknown => socket.write(`${JSON.stringify(message)}\n`);
  return {
    line: (line) => send({ line }),
    end: (tally) => {
      send({ tally });
      return new Promise((resolve) => socket.end(resolve));
    },
  };
}

/** The other end: prints each line as it comes. */
export interface ReportReceiver {
  readonly port: number;
  /** The counts, or undefined as long as, or because, none came. */
  tally(): Tally | undefined;
  close(): void;
}

export async function receiveReport(print: (line: string) => void): Promise<ReportReceiver> {
  let tally: Tally | undefined;
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
    });
    // A host that dies breaks the connection off; that no counts came then says it all.
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: portOf(server), tally: () => tally, close: () => server.close() };
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) {
    throw new Error('The report has no port.');
  }
  return address.port;
}
