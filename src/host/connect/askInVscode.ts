import { env, ProgressLocation, ThemeIcon, Uri, window, type QuickPickItem } from 'vscode';
import { askText, type Answer, type TitleButton } from '../quickInput.ts';
import { askChoice } from '../quickPick.ts';
import { t } from '../words.ts';
import type { Asks } from './asks.ts';
import { candidatesOf, type AddressProblem } from './baseUrl.ts';
import type { ConnectButton, ConnectFailure } from './connectFailure.ts';
import { readExample } from './curl.ts';
import { keyProblemSentence, keysIn } from './keyText.ts';

const cloud = 'https://api.dify.ai/v1';
const aboutSecretStorage =
  'https://code.visualstudio.com/docs/configure/settings-sync#_troubleshooting-keychain-issues';

/** Asks by VS Code's own boxes, lists and notifications. */
export function askInVscode(ports: {
  /** The addresses used before, the last one first. */
  readonly addresses: () => readonly string[];
  readonly showLog: () => void;
}): Asks {
  return {
    address: (value, changed) => askAddress(value, changed, ports.addresses()),
    encryption: askEncryption,
    found: askFound,
    key: askKey,
    name: askName,
    working,
    failed: tellFailure,
    several: (connected, refused, reason) => {
      const told = [severalSentence(connected, refused), reason].join(' ').trim();
      void (refused === 0 ? window.showInformationMessage(told) : window.showWarningMessage(told));
    },
    unsaved: () => void tellUnsaved(),
    openApiPage: (baseUrl) => void env.openExternal(apiPageOf(baseUrl)),
    showLog: ports.showLog,
  };
}

function askAddress(
  value: string,
  changed: (typed: string) => void,
  addresses: readonly string[],
): ReturnType<Asks['address']> {
  return askText({
    title: t('Connect an App: Address'),
    step: 1,
    of: 2,
    prompt: t('Any address of the app works, or paste the cURL example from its API page.'),
    placeholder: cloud,
    value: value || (addresses[0] ?? cloud),
    selected: true,
    password: false,
    problem: addressProblem,
    hint: (text) => {
      const reading = candidatesOf(readExample(text)?.address ?? text);
      return typeof reading === 'string' ? '' : t('Reads as {url}.', { url: reading[0] });
    },
    buttons: [earlierAddresses(addresses)],
    changed,
  });
}

function earlierAddresses(addresses: readonly string[]): TitleButton {
  return {
    iconPath: new ThemeIcon('history'),
    tooltip: t('Earlier Addresses'),
    press: async () => {
      const title = t('Earlier Addresses');
      const rows = [...new Set([...addresses, cloud])].map((url) => ({
        label: url,
        description: url === cloud ? t('Dify Cloud') : '',
        value: url,
      }));
      const chosen = await chosenOf(title, '', rows);
      return chosen === 'back' ? undefined : chosen;
    },
  };
}

async function chosenOf<T>(
  title: string,
  placeholder: string,
  rows: readonly (QuickPickItem & { readonly value: T })[],
): Promise<Answer<T>> {
  const pressed = await askChoice({ title, placeholder, rows, back: true, stays: true });
  return pressed === undefined || pressed === 'back' ? pressed : pressed.row?.value;
}

function addressProblem(text: string): string {
  const reading = candidatesOf(readExample(text)?.address ?? text);
  const sentences: Record<AddressProblem, string> = {
    noAddress: t('This is not a web address. Example: https://api.dify.ai/v1'),
    credentials: t('Leave the name and password out of the address.'),
    key: t('This is a key. Enter the address first, the key comes next.'),
  };
  return typeof reading === 'string' ? sentences[reading] : '';
}

function askEncryption(baseUrl: string): ReturnType<Asks['encryption']> {
  const { origin } = new URL(baseUrl);
  const title = t('This address is not encrypted. The key and your text can be read on the way.');
  return chosenOf<'https' | 'plain' | 'back'>(title, origin, [
    { label: t('Use https Instead'), description: origin.replace(/^http:/, 'https:'), value: 'https' },
    { label: t('Connect Without Encryption'), description: origin, value: 'plain' },
    { label: t('Back'), value: 'back' },
  ]);
}

async function askFound(baseUrl: string): ReturnType<Asks['found']> {
  const [use, edit] = [t('Use It'), t('Edit Address')];
  const words = t('The API was found at {url}. Use this address?', { url: baseUrl });
  const pressed = await window.showInformationMessage(words, use, edit);
  if (pressed === undefined) return undefined;
  return pressed === use ? 'use' : 'edit';
}

function askKey(baseUrl: string, value: string, changed: (typed: string) => void): ReturnType<Asks['key']> {
  const { host } = new URL(baseUrl);
  return askText({
    title: t('Connect an App: API Key'),
    step: 2,
    of: 2,
    prompt: t("From the app's page “API Access” in Dify. Stored in VS Code's secret storage, sent only to {host}.", {
      host,
    }),
    placeholder: 'app-…',
    value,
    // What is pasted takes the place of an earlier key: both together would be taken for two.
    selected: true,
    password: true,
    problem: (text) => {
      const keys = keysIn(text);
      return typeof keys === 'string' ? keyProblemSentence(keys, t) : '';
    },
    hint: () => '',
    buttons: [
      {
        iconPath: new ThemeIcon('link-external'),
        tooltip: t("Open the App's API Page"),
        press: async () => {
          await env.openExternal(apiPageOf(baseUrl));
          return undefined;
        },
      },
    ],
    changed,
  });
}

/** Dify has the page of an app's API behind its list of apps: no key leads to it. */
function apiPageOf(baseUrl: string): Uri {
  const { origin } = new URL(baseUrl);
  return Uri.parse(baseUrl === cloud ? 'https://cloud.dify.ai/apps' : `${origin}/apps`, true);
}

function askName(proposal: string): ReturnType<Asks['name']> {
  return askText({
    title: t('Connect an App: Name'),
    canGoBack: true,
    prompt: t('Another app has this name. What is this one called?'),
    placeholder: proposal,
    value: proposal,
    selected: true,
    password: false,
    problem: () => '',
    hint: () => '',
  });
}

/** A notification stays for a while even if the work is done at once; below this time, in milliseconds, none is shown. */
const soon = 400;

async function working<T>(
  baseUrl: string,
  work: (signal: AbortSignal, tell: (sentence: string) => void) => Promise<T>,
): Promise<T | 'cancelled'> {
  const cancelling = new AbortController();
  const { signal } = cancelling;
  let message = '';
  let show: ((sentence: string) => void) | undefined;
  const running = work(signal, (sentence) => {
    message = sentence;
    show?.(sentence);
  }).catch((error: unknown) => {
    if (signal.aborted) return 'cancelled' as const;
    throw error;
  });
  if (await isDoneWithin(soon, running)) return await running;
  const title = t('Connecting to {host}…', { host: new URL(baseUrl).host });
  const location = ProgressLocation.Notification;
  return await window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const listening = token.onCancellationRequested(() => cancelling.abort());
    show = (sentence) => progress.report({ message: sentence });
    if (message !== '') progress.report({ message });
    try {
      return await running;
    } finally {
      listening.dispose();
    }
  });
}

async function isDoneWithin(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const ended = work.then(
    () => true,
    () => true,
  );
  return await Promise.race([ended, new Promise<false>((resolve) => setTimeout(resolve, milliseconds, false))]);
}

async function tellFailure({ sentence, buttons, other }: ConnectFailure): Promise<ConnectButton | undefined> {
  const words: Record<ConnectButton, string> = {
    editAddress: t('Edit Address'),
    retry: t('Retry'),
    showLog: t('Show Log'),
    chooseCa: t('Choose CA File…'),
    openProxySettings: t('Open Proxy Settings'),
    useDirect: t('Use the Direct Transport'),
    useOther: t('Use {other}', { other: other ?? '' }),
    enterKey: t('Enter API Key'),
    openApiPage: t('Open API Page'),
    cancel: t('Cancel'),
  };
  const pressed = await window.showErrorMessage(sentence, ...buttons.map((button) => words[button]));
  return buttons.find((button) => words[button] === pressed);
}

function severalSentence(connected: number, refused: number): string {
  if (refused === 0) return t('{n} apps are connected.', { n: connected });
  if (connected === 1) {
    return refused === 1
      ? t('1 app connected, 1 key was refused.')
      : t('1 app connected, {m} keys were refused.', { m: refused });
  }
  return refused === 1
    ? t('{n} apps connected, 1 key was refused.', { n: connected })
    : t('{n} apps connected, {m} keys were refused.', { n: connected, m: refused });
}

async function tellUnsaved(): Promise<void> {
  const [keep, more] = [t('Keep Until It Closes'), t('Learn More')];
  const reason = t('the secret storage did not keep it');
  const words = t('The key could not be saved: {reason}. It works until this window closes.', { reason });
  if ((await window.showWarningMessage(words, keep, more)) === more) {
    await env.openExternal(Uri.parse(aboutSecretStorage, true));
  }
}
