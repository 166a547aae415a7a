import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import type { StreamEvent } from '../support/eventStream.ts';

type Json = Readonly<Record<string, unknown>>;

const root = 'openapi';

/** Dify's published description of the Service API (OpenAPI 3.0), as something to hold answers to. */
export class OpenApi {
  readonly #document: Json;
  readonly #ajv: Ajv;
  readonly #known = new Map<string, ValidateFunction>();

  /** @param text the file as JSON */
  constructor(text: string) {
    this.#document = withNull(JSON.parse(text)) as Json;
    this.#ajv = new Ajv({ strict: false, allErrors: true, logger: false });
    // The module is CommonJS: its default is in its default.
    addFormatsModule.default(this.#ajv);
    this.#ajv.addSchema(this.#document, root);
  }

  /** In which ways a JSON answer is not what is described; nothing where nothing is. @param endpoint like `GET /v1/info` */
  answerMisfits(endpoint: string, status: number, body: unknown): readonly string[] {
    const place = this.#operation(endpoint, `responses/${status}/content/application~1json/schema`);
    return place === undefined ? [] : this.#misfits(place, body, `${endpoint} ${status}`);
  }

  /** The same for a request body. */
  requestMisfits(endpoint: string, body: unknown): readonly string[] {
    const place = this.#operation(endpoint, 'requestBody/content/application~1json/schema');
    return place === undefined ? [`${endpoint} is not described`] : this.#misfits(place, body, endpoint);
  }

  /** The same for an event of a stream. */
  eventMisfits(mode: string, event: StreamEvent): readonly string[] {
    const name = String(event['event']);
    const mapping = at(this.#document, `components/schemas/${chunkOf(mode)}/discriminator/mapping`);
    const place = Reflect.get(typeof mapping === 'object' && mapping !== null ? mapping : {}, name) as unknown;
    if (typeof place !== 'string') return [`${mode}: the event ${name} is not described`];
    return this.#misfits(place.slice(2), event, `${mode} ${name}`);
  }

  /** Where in the document the operation has that part, if it has it. */
  #operation(endpoint: string, part: string): string | undefined {
    const [method = '', path = ''] = endpoint.split(' ');
    const bare = path.replace(/^\/v1/, '').replaceAll(/\{\w+\}/g, '{}');
    const paths = Object.keys(at(this.#document, 'paths') as object);
    const found = paths.find((each) => each.replaceAll(/\{\w+\}/g, '{}') === bare);
    if (found === undefined) return undefined;
    const place = `paths/${found.replaceAll('/', '~1')}/${method.toLowerCase()}/${part}`;
    return at(this.#document, place) === undefined ? undefined : place;
  }

  #misfits(place: string, value: unknown, what: string): readonly string[] {
    const known = this.#known.get(place);
    const validate = known ?? this.#ajv.compile({ $ref: `${root}#/${uriOf(place)}` });
    if (known === undefined) this.#known.set(place, validate);
    return validate(value) ? [] : [...new Set((validate.errors ?? []).map((error) => `${what}${sentenceOf(error)}`))];
  }
}

function chunkOf(mode: string): string {
  switch (mode) {
    case 'completion':
      return 'ChunkCompletionEvent';
    case 'workflow':
      return 'ChunkWorkflowEvent';
    default:
      return 'ChunkChatEvent';
  }
}

/** Places in lists all look the same; words of the value are left out. */
function sentenceOf({ instancePath, message = '', params }: ErrorObject): string {
  const path = instancePath.replaceAll(/\/\d+(?=\/|$)/g, '[]').replaceAll('/', '.');
  const allowed = 'allowedValues' in params ? ` ${JSON.stringify(params['allowedValues'])}` : '';
  return `${path} ${message}${allowed}`;
}

/** A JSON pointer as part of a URI. */
function uriOf(place: string): string {
  return place.split('/').map(encodeURIComponent).join('/');
}

function at(document: unknown, place: string): unknown {
  return place.split('/').reduce<unknown>((value, key) => {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
  }, document);
}

/** `nullable` without a type beside it means nothing to a validator: it becomes a choice. */
function withNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNull);
  if (typeof value !== 'object' || value === null) return value;
  const rewritten = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withNull(each)]));
  const { nullable, ...rest } = rewritten;
  return nullable === true && !('type' in rest) ? { anyOf: [rest, { type: 'null' }] } : rewritten;
}
