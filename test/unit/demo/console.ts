import type { Owner } from '../../../src/demo/owner.ts';
import type { Parameters } from '../../../src/demo/apps.ts';
import type { NginxOptions } from '../../dify-server/nginx.ts';
import { type Recording, bodyOf } from '../../support/recordings.ts';

type Deed = (owner: Owner, recording: Recording) => void;

const app = 'app-KEY';

/** What was done in Dify's console before an exchange, which a recording does not show. */
const deeds: Readonly<Record<string, Readonly<Record<number, Deed>>>> = {
  'chat/api-switched-off-between-turns': {
    1: (owner) => owner.change(app, { state: 'apiDisabled' }),
    2: (owner) => owner.change(app, { state: 'normal' }),
  },
  'chat/app-deleted': { 1: (owner) => owner.deleteApp(app) },
  'chat/config-changed-between-turns': {
    2: (owner, recording) => owner.change(app, { parameters: parametersAt(2, recording) }),
  },
  'chat/key-deleted': {
    2: (owner) => owner.deleteKey(app),
    4: (owner) => owner.addKey(app, app),
  },
};

/** @param name Of the recording, like `a/chat/app-deleted`. @param index Of the exchange that comes next. */
export function ownersDeeds(name: string, index: number, recording: Recording): ((owner: Owner) => void) | undefined {
  const deed = deeds[name.slice(2)]?.[index];
  return deed && ((owner) => deed(owner, recording));
}

/** What was wrong with the proxy of a recording. */
export function proxyOf(name: string): NginxOptions {
  if (name.endsWith('/bad-gateway')) return { down: true };
  return name.endsWith('/gateway-timeout') ? { readTimeout: 3000 } : {};
}

/** Keys other than the app's own. */
const otherKeys: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'chat/auth-failures': { 11: 'app-GONE' },
  'chat/conversation-wrong-id': { 6: 'app-OTHER' },
  'chat/message-with-image': { 7: 'app-OTHER' },
  'proxy/discovery': { 9: 'app-GONE' },
};

/** The key that an exchange was made with if it was not the app's. */
export function keyOf(name: string, index: number): string | undefined {
  return otherKeys[name.slice(2)]?.[index];
}

function parametersAt(index: number, { exchanges }: Recording): Parameters {
  const exchange = exchanges[index];
  return JSON.parse(exchange === undefined ? '' : bodyOf(exchange).toString()) as Parameters;
}
