import { describe, type Failure, type Translate } from '../../conversation/failure.ts';
import { DifyError } from '../../dify/errors.ts';
import { sentenceOf } from '../sentence.ts';

/** What a person can do about a failed connection. */
export type ConnectButton =
  | 'editAddress'
  | 'retry'
  | 'showLog'
  | 'chooseCa'
  | 'openProxySettings'
  | 'useDirect'
  | 'useOther'
  | 'enterKey'
  | 'openApiPage'
  | 'cancel';

/** Why an app could not be connected. */
export interface ConnectFailure {
  readonly sentence: string;
  readonly buttons: readonly ConnectButton[];
  /** The origin that the button `useOther` takes. */
  readonly other?: string;
}

/** Words and buttons for what went wrong at the address while an app was being connected. */
export function connectFailure(error: unknown, baseUrl: string, t: Translate): ConnectFailure {
  const { host, origin } = new URL(baseUrl);
  const general = describe(error, { t, host, keepsAnswers: false });
  if (!(error instanceof DifyError)) return { sentence: sentenceOf(general), buttons: ['retry', 'showLog'] };
  switch (error.kind) {
    case 'unauthorized':
      return {
        sentence: t('{host} did not accept this key. It may be incomplete or deleted.', { host }),
        buttons: ['enterKey', 'openApiPage'],
      };
    case 'forbidden':
      return {
        sentence: [t('The owner has switched off API access for this app.'), error.detail ?? ''].join(' ').trim(),
        buttons: ['retry'],
      };
    case 'timeout':
      return {
        sentence: t('{host} did not answer within {seconds} s.', { host, seconds: 15 }),
        buttons: ['retry', 'showLog'],
      };
    case 'busy':
    case 'server':
      return { sentence: sentenceOf(general), buttons: ['retry', 'cancel'] };
    case 'moved':
      return moved(error.location, origin, host, t);
    case 'network':
      return { sentence: sentenceOf(general), buttons: networkButtons(error.reason, general.remedy) };
    default:
      return refused(error, general, t);
  }
}

function moved(location: string | undefined, origin: string, host: string, t: Translate): ConnectFailure {
  // To a page of its own, like the one for signing in: the address is wrong, the server is not.
  if (location === undefined || location === origin || !/^https?:/.test(location)) {
    return { sentence: t("{host} did not answer as Dify's API does.", { host }), buttons: ['editAddress', 'retry'] };
  }
  return {
    sentence: t('{host} sends visitors to {other}. The key was not sent there.', { host, other: location }),
    buttons: ['useOther', 'editAddress'],
    other: location,
  };
}

/** The certificate says what the person cannot change here: the log tells them, or whom they ask, more. */
const certificates: ReadonlySet<string | undefined> = new Set(['tls', 'expired', 'notYetValid', 'wrongName', 'noTls']);

function networkButtons(reason: string | undefined, remedy: Failure['remedy']): readonly ConnectButton[] {
  switch (remedy) {
    case 'addCertificate':
      return ['chooseCa', 'showLog'];
    case 'openProxySettings':
      return ['openProxySettings', 'retry'];
    case 'useDirect':
      return ['useDirect', 'showLog'];
    default:
      if (reason === 'connectTimeout' || reason === 'unreachable') return ['retry', 'showLog'];
      return certificates.has(reason) ? ['editAddress', 'showLog'] : ['editAddress', 'retry'];
  }
}

function refused(error: DifyError, general: Failure, t: Translate): ConnectFailure {
  if (error.code === 'app_unavailable') {
    return {
      sentence: t('The app exists but is not published yet. Publish it in Dify, then retry.'),
      buttons: ['retry'],
    };
  }
  if (general.remedy === 'enterKey') return { sentence: sentenceOf(general), buttons: ['enterKey'] };
  const buttons: readonly ConnectButton[] =
    error.kind === 'notDify' ? ['editAddress', 'retry'] : ['retry', 'editAddress', 'showLog'];
  return { sentence: sentenceOf(general), buttons };
}
