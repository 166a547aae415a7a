import type { MadeFile } from '../../files/store.ts';
import { textOf } from '../values.ts';
import { type Fields, type Node, NodeError, type Selector } from '../graph.ts';
import { priceData, usageData } from '../tokens.ts';
import { type Named, type Sources, done, messageOf, readAll } from './plain.ts';

/** What some server would have answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  readonly takesMs?: number;
}

/** A request to a server that does not exist: a function answers for it. From status 400 on the node fails. */
export function httpRequest(
  options: Named & {
    /** Path and query; `{run}` is the run's id. */
    readonly path: string;
    readonly respond: (attempt: number) => HttpAnswer;
  } & Pick<Node, 'onError' | 'retry'>,
): Node {
  const { id, path, respond, title, ...handling } = options;
  return {
    id,
    title,
    ...handling,
    type: 'http-request',
    run: async ({ attempt, clock, runId, signal }) => {
      const { body, status, takesMs = 0 } = respond(attempt);
      await clock.sleep(takesMs, signal);
      const processData = { request: `GET ${path.replace('{run}', runId)} HTTP/1.1\r\nHost: 127.0.0.1:5090\r\n\r\n` };
      const outputs = { status_code: status, body, headers: headersOf(body, clock.now()), files: [] };
      if (status < 400) return done({ processData, outputs });
      throw new NodeError(`Request failed with status code ${status}`, 'HTTPResponseCodeError', {
        processData,
        outputs,
      });
    },
  };
}

function headersOf(body: string, now: number): Fields {
  return {
    'content-type': 'application/json',
    'content-length': String(new TextEncoder().encode(body).length),
    date: new Date(now).toUTCString(),
    connection: 'keep-alive',
    'keep-alive': 'timeout=5',
  };
}

/** A piece of a document that was found for a question. */
export interface Found {
  readonly datasetId: string;
  readonly datasetName: string;
  readonly documentId: string;
  readonly documentName: string;
  readonly segmentId: string;
  readonly score: number;
  readonly content: string;
}

/** Looks something up in texts that the app brings along. */
export function knowledge(
  options: Named & { readonly query: Selector; readonly find: (query: string) => readonly Found[] },
): Node {
  const { find, id, query, title } = options;
  return {
    id,
    title,
    type: 'knowledge-retrieval',
    run: ({ generation, values }) => {
      const asked = values.text(query);
      return done({
        inputs: { query: asked },
        processData: { usage: usageData(undefined) },
        outputs: { result: find(asked).map((found, index) => result(found, index + 1, generation.knowsSummaries)) },
        metadata: priceData(undefined),
      });
    },
  };
}

function result(found: Found, position: number, knowsSummaries: boolean): object {
  const metadata = {
    _source: 'knowledge',
    dataset_id: found.datasetId,
    dataset_name: found.datasetName,
    document_id: found.documentId,
    document_name: found.documentName,
    data_source_type: 'upload_file',
    segment_id: found.segmentId,
    retriever_from: 'workflow',
    score: found.score,
    child_chunks: [],
    segment_hit_count: 1,
    segment_word_count: found.content.length,
    segment_position: 1,
    segment_index_node_hash: found.segmentId.replaceAll('-', '').repeat(2),
    doc_metadata: null,
    position,
  };
  const { content, documentName: title } = found;
  return knowsSummaries ? { metadata, title, files: null, content, summary: null } : { metadata, title, content };
}

/** What a tool has answered. */
export interface ToolAnswer {
  readonly text?: string;
  readonly json?: object;
  readonly files?: readonly MadeFile[];
  readonly takesMs?: number;
}

/** Calls a tool: a function of the app. */
export function tool(
  options: Named & {
    readonly provider: string;
    readonly inputs: Sources;
    readonly call: (inputs: Fields) => ToolAnswer;
  } & Pick<Node, 'icon' | 'onError' | 'retry'>,
): Node {
  const { call, id, inputs: sources, provider, title, ...handling } = options;
  return {
    id,
    title,
    ...handling,
    type: 'tool',
    run: async ({ clock, keepFile, signal, stream, values }) => {
      const inputs = readAll(sources, values);
      const { files = [], json, takesMs = 0, text = '' } = called(call, inputs);
      await clock.sleep(takesMs, signal);
      if (text !== '') stream('text', textOf(text));
      stream('text', '', true);
      return done({
        inputs,
        outputs: { text, files: files.map(keepFile), json: [json ?? { data: [] }] },
        metadata: { tool_info: { provider_type: 'mcp', provider_id: provider, plugin_unique_identifier: null } },
      });
    },
  };
}

function called(call: (inputs: Fields) => ToolAnswer, inputs: Fields): ToolAnswer {
  try {
    return call(inputs);
  } catch (error) {
    throw new NodeError(messageOf(error), 'ToolInvokeError', { inputs });
  }
}
