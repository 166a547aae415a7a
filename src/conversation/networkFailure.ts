import type { DifyError } from '../dify/errors.ts';
import type { Failure, Words } from './failure.ts';

/** Words for what broke below HTTP; `describe` of `failure.ts` is the way to them. */
export function describeNetwork(error: DifyError, words: Words): Failure {
  const said = reached(error, words);
  if (!error.network.directMayHelp) return { ...said, details: '' };
  const { t } = words;
  return { fact: said.fact, advice: t('The direct transport may get there.'), remedy: 'useDirect', details: '' };
}

type Said = Pick<Failure, 'fact' | 'advice' | 'remedy'>;

/** Nobody answers at the address. */
function reached(error: DifyError, words: Words): Said {
  const { t, host } = words;
  switch (error.reason) {
    case 'dns':
      return {
        fact: t('No server is called {host}.', { host }),
        advice: t('Check the spelling, or whether this computer needs a VPN.'),
        remedy: 'editAddress',
      };
    case 'refused':
      return {
        fact: t('Nothing answers at {host}.', { host: withPort(host, error.network.port) }),
        advice: t('Is Dify running?'),
        remedy: 'retry',
      };
    case 'connectTimeout':
      return {
        fact: t('{host} did not answer within {seconds} s.', { host, seconds: Math.floor(error.seconds ?? 15) }),
        advice: t('Check the network, or whether this computer needs a VPN.'),
        remedy: 'retry',
      };
    case 'unreachable':
      return {
        fact: t('{host} cannot be reached.', { host }),
        advice: t('Check the network, or whether this computer needs a VPN.'),
        remedy: 'retry',
      };
    case 'proxySignIn':
    case 'proxyUnreachable':
    case 'proxyRefused':
      return proxied(error, error.reason, words);
    case 'broken':
    case undefined:
      return { fact: t('The connection to {host} broke.', { host }), advice: '', remedy: 'retry' };
    default:
      return encrypted(error, error.reason, words);
  }
}

type ProxyReason = 'proxySignIn' | 'proxyUnreachable' | 'proxyRefused';

/** Something is wrong with the proxy. */
function proxied({ network: { proxy }, status = 502 }: DifyError, reason: ProxyReason, { t, host }: Words): Said {
  const remedy = 'openProxySettings';
  switch (reason) {
    case 'proxySignIn': {
      const advice = t('Check the proxy settings.');
      return proxy === undefined
        ? { fact: t('The proxy asks for a sign-in.'), advice, remedy }
        : { fact: t('The proxy {proxy} asks for a sign-in.', { proxy }), advice, remedy };
    }
    case 'proxyUnreachable': {
      const advice = t('Check the proxy settings, or whether this computer needs a VPN.');
      return proxy === undefined
        ? { fact: t('The proxy cannot be reached.'), advice, remedy }
        : { fact: t('The proxy {proxy} cannot be reached.', { proxy }), advice, remedy };
    }
    case 'proxyRefused': {
      const advice = t('Check the address, or ask whoever runs the proxy.');
      return proxy === undefined
        ? { fact: t('The proxy did not connect to {host} ({status}).', { host, status }), advice, remedy }
        : {
            fact: t('The proxy {proxy} did not connect to {host} ({status}).', { proxy, host, status }),
            advice,
            remedy,
          };
    }
  }
}

type TlsReason = 'untrusted' | 'selfSigned' | 'expired' | 'notYetValid' | 'wrongName' | 'noTls' | 'tls' | 'caFile';

/** Something is wrong with encryption. Nothing was sent; no button goes on regardless. */
function encrypted(error: DifyError, reason: TlsReason, { t, host }: Words): Said {
  const { day, names, file } = error.network;
  switch (reason) {
    case 'untrusted':
    case 'selfSigned': {
      const why = reason === 'selfSigned' ? t('it is self-signed') : t('its issuer is unknown here');
      return {
        fact: t('{host} uses a certificate that this computer does not trust ({reason}).', { host, reason: why }),
        advice: t("Add your company's CA file."),
        remedy: 'addCertificate',
      };
    }
    case 'expired':
    case 'notYetValid':
      return outOfTime(reason, day, { t, host });
    case 'wrongName':
      return {
        fact:
          names === undefined
            ? t('The certificate of {host} is for another name.', { host })
            : t('The certificate of {host} is for {other}.', { host, other: names }),
        advice: t('Check the address.'),
        remedy: 'editAddress',
      };
    case 'noTls':
      return {
        fact: t('{host} speaks no TLS.', { host }),
        advice: t('Try http:// in the address.'),
        remedy: 'editAddress',
      };
    case 'tls':
      return {
        fact: t('No encrypted connection to {host} came about ({reason}).', { host, reason: error.code ?? 'TLS' }),
        advice: '',
        remedy: 'editAddress',
      };
    case 'caFile':
      return {
        fact: t('The CA file {file} cannot be read, or holds no certificate in PEM form.', { file: file ?? '' }),
        advice: t('The setting “difyCompanion.network.caCertificates” names it.'),
        remedy: 'addCertificate',
      };
  }
}

/** The day is left out where it is not known. */
function outOfTime(
  reason: 'expired' | 'notYetValid',
  day: string | undefined,
  { t, host }: Pick<Words, 't' | 'host'>,
): Said {
  if (reason === 'expired') {
    return {
      fact:
        day === undefined
          ? t('The certificate of {host} has expired.', { host })
          : t('The certificate of {host} expired on {date}.', { host, date: day }),
      advice: t('Whoever runs the server can renew it.'),
      remedy: 'editAddress',
    };
  }
  return {
    fact:
      day === undefined
        ? t('The certificate of {host} is not valid yet.', { host })
        : t('The certificate of {host} is valid only from {date} on.', { host, date: day }),
    advice: t("Check this computer's clock."),
    remedy: 'retry',
  };
}

/** `localhost` and 8080 as `localhost:8080`; addresses leave the usual ports out. */
function withPort(host: string, port: number | undefined): string {
  return port === undefined || host.endsWith(`:${port}`) ? host : `${host}:${port}`;
}
