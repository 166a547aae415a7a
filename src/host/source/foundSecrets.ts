import { findSecrets, type SecretKind } from '../../conversation/secrets.ts';
import { isSensitiveFile } from '../../conversation/sensitiveFile.ts';
import { t } from '../words.ts';

/** What looks like a secret, and where, for people. */
export interface FoundSecret {
  /** The secret, or what else tells it from others. Nobody is shown it. */
  readonly text: string;
  readonly place: string;
}

/** So many secrets of one text are told apart; nobody reads on. */
const most = 200;

/** A file that is there to hold secrets. @param path with slashes, as in an address */
export function secretFile(path: string): readonly FoundSecret[] {
  if (!isSensitiveFile(path)) return [];
  const file = path.slice(path.lastIndexOf('/') + 1);
  return [{ text: path, place: t('{file}: such a file holds secrets', { file }) }];
}

/** @param placeOf where a person would look for it: the name of a file and a line, from 1 */
export function secretsInText(
  text: string,
  placeOf: (start: number, secret: string) => { readonly file: string; readonly n: number },
): readonly FoundSecret[] {
  return findSecrets(text)
    .slice(0, most)
    .map(({ kind, start, end }) => {
      const secret = text.slice(start, end);
      const words = { ...placeOf(start, secret), kind: kindOf(kind) };
      return { text: secret, place: t('{file}, line {n}: {kind}', words) };
    });
}

function kindOf(kind: SecretKind): string {
  const names: Record<SecretKind, string> = {
    privateKey: t('a private key'),
    aws: t('a key of {service}', { service: 'AWS' }),
    github: t('a key of {service}', { service: 'GitHub' }),
    gitlab: t('a key of {service}', { service: 'GitLab' }),
    slack: t('a key of {service}', { service: 'Slack' }),
    google: t('a key of {service}', { service: 'Google' }),
    openai: t('a key of {service}', { service: 'OpenAI' }),
    dify: t('a key of {service}', { service: 'Dify' }),
    stripe: t('a key of {service}', { service: 'Stripe' }),
    npm: t('a key of {service}', { service: 'npm' }),
    jwt: t('a token'),
    bearer: t('a token'),
    address: t('a password in an address'),
    password: t('a password or key'),
  };
  return names[kind];
}
