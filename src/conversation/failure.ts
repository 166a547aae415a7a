import { DifyError, type DifyErrorKind } from '../dify/errors.ts';
import { describeNetwork } from './networkFailure.ts';

/** What helps: the button under a failure. `none` where only the person, or the app's owner, can do something. */
export const remedies = [
  'retry',
  'fetchRest',
  'enterKey',
  'editAddress',
  'addCertificate',
  'openProxySettings',
  'useDirect',
  'newConversation',
  'none',
] as const;

export type Remedy = (typeof remedies)[number];

/** The remedies that change how the app is reached; after one of them the work is done again. */
export type Repair = Exclude<Remedy, 'retry' | 'fetchRest' | 'newConversation' | 'none'>;

/** Why something did not work, in the person's language. */
export interface Failure {
  /** What happened: one short sentence. */
  readonly fact: string;
  /** Why, if known, and what to do: at most one or two more sentences, or ''. */
  readonly advice: string;
  readonly remedy: Remedy;
  /** For a details view: HTTP status, Dify's code, the server's own words. Plain text, never a secret, may be ''. */
  readonly details: string;
}

/** Translates an English sentence with `{name}` placeholders; `vscode.l10n.t` is one. */
export type Translate = (message: string, args?: Record<string, string | number>) => string;

/** Whom the words are about. */
export interface Words {
  readonly t: Translate;
  /** Host and port of the app's server. */
  readonly host: string;
  /** Whether Dify finishes and keeps an answer that nobody read to its end: apps backed by a workflow. */
  readonly keepsAnswers: boolean;
}

/** Words and a remedy for anything thrown. The only place that has them, so the chat and a notification say the same. */
export function describe(error: unknown, words: Words): Failure {
  if (!(error instanceof DifyError)) {
    const { t } = words;
    return failure(t('Something went wrong in Dify Companion.'), '', 'retry', String(error));
  }
  return { ...describeKind[error.kind](error, words), details: detailsOf(error) };
}

/** Words for an answer that broke off: what came of it is kept. */
export function describeCut(error: DifyError, { t, keepsAnswers }: Words): Failure {
  const details = detailsOf(error);
  if (error.kind === 'tooLarge') {
    return failure(t('The answer is too long.'), t('It was stopped; what came is kept.'), 'retry', details);
  }
  const seconds = Math.round(error.seconds ?? 0);
  const advice = keepsAnswers
    ? t('The connection broke after {seconds} s. Dify may have finished the answer.', { seconds })
    : t('The connection broke after {seconds} s, and this kind of app keeps no answer that was not read to its end.', {
        seconds,
      });
  return failure(t('Incomplete.'), advice, keepsAnswers ? 'fetchRest' : 'retry', details);
}

const describeKind = {
  noKey: describeNoKey,
  invalidKey: ({ location }, { t, host }) =>
    failure(
      location === undefined
        ? t('The API key has characters that cannot be sent.')
        : t('The API key was not entered for {host}.', { host }),
      t('Nothing was sent.'),
      'enterKey',
    ),
  unauthorized: (_, { t, host }) =>
    failure(t('{host} did not accept the API key.', { host }), t('It may have been deleted in Dify.'), 'enterKey'),
  forbidden: ({ code, detail }, { t }) =>
    code === 'workflow_version_execution_not_allowed'
      ? failure(t('The plan of this Dify workspace does not run chosen versions.'), anotherVersion(t), 'none')
      : failure(t("The app's owner has switched off API access for this app."), detail ?? '', 'retry'),
  notFound: describeMissing,
  rejected: describeRefusal,
  runFailed: describeRefusal,
  busy: (_, { t }) => failure(t('Dify is busy.'), t('Too many requests are running at the same time.'), 'retry'),
  server: ({ status }, { t }) =>
    failure(t('Dify failed to answer ({status}).', { status: status ?? 500 }), '', 'retry'),
  network: describeNetwork,
  timeout: (_, { t, host }) => failure(t('{host} did not answer in time.', { host }), '', 'retry'),
  moved: ({ location }, { t, host }) =>
    failure(
      t('{host} sends visitors to {other}.', { host, other: location ?? t('another address') }),
      t('The key and the text were not sent there.'),
      'editAddress',
    ),
  notDify: describeForeign,
  incomplete: describeCut,
  tooLarge: describeCut,
} satisfies Record<DifyErrorKind, (error: DifyError, words: Words) => Failure>;

function describeNoKey({ goneFrom }: DifyError, { t, host }: Words): Failure {
  const gone = t('The API key for {host} is gone from the secret storage.', { host });
  switch (goneFrom) {
    case undefined:
      return failure(t('No API key is stored for {host}.', { host }), t('Nothing was sent.'), 'enterKey');
    case 'keyring':
      return failure(
        gone,
        t('Without an unlocked keyring VS Code forgets keys when it closes. Enter it again.'),
        'enterKey',
      );
    case 'browser':
      return failure(gone, t('It was in the browser, whose data may have been cleared. Enter it again.'), 'enterKey');
    case 'system':
      return failure(gone, t('Enter it again.'), 'enterKey');
  }
}

/** Dify's codes that have a plain meaning; the others show the server's own words. */
function describeRefusal(error: DifyError, { t }: Words): Failure {
  switch (error.code) {
    case 'provider_quota_exceeded':
      return failure(
        t("The app's model has no quota left."),
        t('Its owner can add credit in Dify under Settings, Model Provider.'),
        'retry',
      );
    case 'provider_not_initialize':
      return failure(
        t("The app's model is not set up."),
        t('Its owner can do that in Dify under Settings, Model Provider.'),
        'retry',
      );
    case 'app_unavailable':
      return failure(
        t('The app is not published, or its settings are broken.'),
        t('Its owner can publish it in Dify.'),
        'retry',
      );
    case 'not_chat_app':
    case 'not_completion_app':
    case 'not_workflow_app':
      return failure(t('This kind of app cannot do that.'), t('Choose another app.'), 'none');
    case 'file_too_large':
    case 'audio_too_large':
      return failure(t('The file is too large for the server.'), '', 'none');
    case 'unsupported_file_type':
    case 'unsupported_audio_type':
    case 'file_extension_blocked':
      return failure(t('The server does not take this kind of file.'), '', 'none');
    case 'human_input_form_submitted':
      return failure(t('This form has been answered already.'), '', 'none');
    case 'human_input_form_expired':
      return failure(t('The time for answering this form is over.'), '', 'none');
    case 'invalid_form_data':
      return failure(t('The app did not accept the form.'), error.detail ?? '', 'none');
    default:
      if (error.status === 413) return failure(t('The text is too long for the server.'), '', 'none');
      return error.kind === 'rejected'
        ? failure(t('The app refused the request.'), error.detail ?? '', 'retry')
        : failure(t('The app could not finish the answer.'), error.detail ?? '', 'retry');
  }
}

/** Dify has one code for whatever is not there; what it is, its words alone say. */
function describeMissing({ code, detail = '' }: DifyError, { t }: Words): Failure {
  if (code === 'file_not_found') return failure(t('This file no longer exists in Dify.'), '', 'none');
  if (detail.startsWith('Workflow not found with id')) {
    return failure(t('The pinned version of this app does not exist any more.'), anotherVersion(t), 'none');
  }
  return failure(
    t('This conversation no longer exists in Dify.'),
    t('You can still read it here. Your text is kept.'),
    'newConversation',
  );
}

function anotherVersion(t: Translate): string {
  return t('“Dify: Pin Workflow Version…” chooses another.');
}

function describeForeign(error: DifyError, { t, host }: Words): Failure {
  const title = error.pageTitle;
  return failure(
    title === undefined
      ? t("{host} did not answer as Dify's API does.", { host })
      : t("{host} answered with a web page (“{title}”), not with Dify's API.", { host, title }),
    t('Check the address: it usually ends with /v1.'),
    'editAddress',
  );
}

function failure(fact: string, advice: string, remedy: Remedy, details = ''): Failure {
  return { fact, advice, remedy, details };
}

function detailsOf({ status, code, detail }: DifyError): string {
  return [status, code, detail].filter((part) => part !== undefined).join(' ');
}
