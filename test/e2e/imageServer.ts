import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server with one image. */
export interface ImageServer {
  readonly url: string;
  /** The `Authorization` of each request. */
  readonly asked: (string | undefined)[];
  readonly close: () => void;
}

/** A red square, from another origin than Dify's. */
export async function serveImage(): Promise<ImageServer> {
  const square =
    'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR4nGO4a6xEEmIY1TCqYfhqAABpizIQz4zaxQAAAABJRU5ErkJggg==';
  const asked: (string | undefined)[] = [];
  const server = createServer(({ headers }, response) => {
    asked.push(headers.authorization);
    response.end(Buffer.from(square, 'base64'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/icon.png`, asked, close: () => server.close() };
}
