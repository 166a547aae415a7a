// One attempt to reach a Dify, in a process of its own: certificates and proxies are read once for each process. The attempt is in the
// environment, what became of it is sent to the parent.
import { inspect } from 'node:util';
import type { Transport } from '../../../src/host/transport.ts';
import type { Attempt, Outcome } from './attempts.ts';
import { patchFetch } from './editorFetch.ts';

const attempt = JSON.parse(process.env['ATTEMPT'] ?? '') as Attempt & { readonly transport: Transport };
const outcome = await reach(attempt);
process.send?.(outcome, undefined, undefined, () => process.exit());

async function reach({ transport, baseUrl, world }: typeof attempt): Promise<Outcome> {
  if (transport === 'editor') patchFetch(world);
  // Node sets up its own `fetch` when it is first asked for.
  void globalThis.Response;
  const before = slots();
  const [{ ApiKey }, { DifyClient }, { DifyError }, { describe }, { Network }] = await Promise.all([
    import('../../../src/dify/apiKey.ts'),
    import('../../../src/dify/client.ts'),
    import('../../../src/dify/errors.ts'),
    import('../../../src/conversation/failure.ts'),
    import('../../../src/host/network/network.ts'),
  ]);
  const network = new Network();
  const apiKey = new ApiKey('app-MarkedMarkedMarkedMarked', new URL(baseUrl).origin);
  const fetch = network.through(transport);
  if (fetch === undefined) return { result: 'not offered', auto: network.current(), slotsKept: true, said: '' };
  const client = new DifyClient(() => Promise.resolve({ baseUrl, apiKey, user: 'u' }), fetch, { pause: 1 });
  const done = (result: string, said: string, remedy?: string): Outcome => {
    const slotsKept =
      inspect(slots()) === inspect(before) && slots().every((slot, i) => slot?.value === before[i]?.value);
    return { result, said, auto: network.current(), slotsKept, ...(remedy === undefined ? {} : { remedy }) };
  };
  try {
    const { fields } = await client.get('/info', {}, AbortSignal.timeout(20_000));
    return done('ok', JSON.stringify(fields));
  } catch (error) {
    const { host } = new URL(baseUrl);
    const { fact, advice, remedy, details } = describe(error, { t: filledIn, host, keepsAnswers: false });
    const everything = inspect([error, String(error), details], { depth: 10, showHidden: true });
    const leaks = /Marked|lamp:/.test(`${everything}${fact}${advice}`) ? ' LEAK' : '';
    const reason = error instanceof DifyError ? (error.reason ?? error.kind) : String(error);
    return done(reason + leaks, fact, remedy);
  }
}

function slots(): readonly (PropertyDescriptor | undefined)[] {
  return [1, 2].map((n) => Object.getOwnPropertyDescriptor(globalThis, Symbol.for(`undici.globalDispatcher.${n}`)));
}

function filledIn(message: string, args: Readonly<Record<string, string | number>> = {}): string {
  return message.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(args[name]));
}
