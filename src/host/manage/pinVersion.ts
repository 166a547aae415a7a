import { env, ProgressLocation, ThemeIcon, window, type QuickPickItem } from 'vscode';
import { formatDate } from '../../conversation/format.ts';
import { hasVersions, type App } from '../app.ts';
import type { RowPorts } from '../appRows.ts';
import type { Apps } from '../apps.ts';
import { chooseApp } from '../chooseApp.ts';
import type { Clients } from '../clients.ts';
import type { ConversationFiles } from '../conversationFiles.ts';
import type { Log } from '../log.ts';
import type { OnDemand } from '../onDemand.ts';
import { askChoice } from '../quickPick.ts';
import { t } from '../words.ts';
import { isVersionId, knownVersions, type KnownVersion } from './knownVersions.ts';

export interface PinPorts extends RowPorts {
  readonly apps: Apps;
  readonly clients: Pick<Clients, 'of'>;
  readonly files: OnDemand<Pick<ConversationFiles, 'list'>>;
  readonly log: Log;
  readonly connect: () => Promise<App | undefined>;
}

/** How long looking for versions may take, in milliseconds. */
const patience = 20_000;

/** Lets the person say which published version of a workflow or chatflow is run: in the chat view and by actions. */
export async function pinVersion(ports: PinPorts, given?: App): Promise<void> {
  const app = given ?? (await chosenApp(ports));
  if (app === undefined) return;
  const version = await askVersion(app, await versionsOf(app, ports));
  if (version === undefined) return;
  await ports.apps.pinVersion(app.id, version === '' ? undefined : version);
  void window.showInformationMessage(
    version === ''
      ? t('{app} runs the version that was published last.', { app: app.name })
      : t('{app} runs the pinned version from now on, also where a newer one is published.', { app: app.name }),
  );
}

async function chosenApp(ports: PinPorts): Promise<App | undefined> {
  const apps = ports.apps.list().filter(hasVersions);
  const [only, ...others] = apps;
  if (only === undefined) {
    void window.showInformationMessage(t('Only workflows and chatflows have versions, and none is connected.'));
    return undefined;
  }
  if (others.length === 0) return only;
  const placeholder = t('Of which app?');
  const app = await chooseApp(
    { title: t('Pin Workflow Version'), placeholder, apps, current: ports.apps.chatApp() },
    ports,
  );
  return app !== undefined && hasVersions(app) ? app : undefined;
}

/** Those that are known; an id can be typed where none is. */
async function versionsOf(app: App, { clients, files, log }: PinPorts): Promise<readonly KnownVersion[]> {
  const title = t('Looking for versions of {app}…', { app: app.name });
  return await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (_, cancelling) => {
      const stop = new AbortController();
      cancelling.onCancellationRequested(() => stop.abort());
      try {
        const kept = await (await files.get()).list(app.id);
        const conversations = kept.map(({ conversation }) => conversation);
        const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(patience)]);
        return await knownVersions(clients.of(app), conversations, signal);
      } catch (error) {
        log.warn('Looking for versions of a workflow', error);
        return [];
      }
    },
  );
}

interface VersionRow extends QuickPickItem {
  /** '' for the one published last, `undefined` for one that is typed. */
  readonly id: string | undefined;
}

/** @returns '' for the version published last; `undefined` if the person gives up */
async function askVersion(app: App, known: readonly KnownVersion[]): Promise<string | undefined> {
  const { pinnedVersion: pinned = '' } = app;
  const others = pinned === '' || known.some(({ id }) => id === pinned) ? [] : [pinned];
  const all = [...known, ...others.map((id) => ({ id, published: '', ranAt: undefined }))];
  const rows: readonly VersionRow[] = [
    { id: '', label: t('Latest Published'), description: t('what the owner publishes next, too') },
    ...all.map(({ id, ...version }) => ({ id, label: id, description: versionWords(version) })),
    { id: undefined, label: t('Enter an ID…'), iconPath: new ThemeIcon('edit') },
  ].map((row) => (row.id === pinned ? { ...row, iconPath: new ThemeIcon('check') } : row));
  const pressed = await askChoice<VersionRow>({
    title: t('Pin Workflow Version: {app}', { app: app.name }),
    placeholder: t('Which published version is to be run?'),
    rows,
    active: rows.find(({ id }) => id === pinned),
  });
  if (pressed === undefined || pressed === 'back' || pressed.row === undefined) return undefined;
  return pressed.row.id ?? (await askId(pinned));
}

function versionWords({ published, ranAt }: Omit<KnownVersion, 'id'>): string {
  const facts = [
    published === '' ? '' : t('published {time}', { time: published.slice(0, 16) }),
    ranAt === undefined
      ? ''
      : t('ran {time}', { time: formatDate(ranAt, env.language, { dateStyle: 'medium', timeStyle: 'short' }) }),
  ];
  return facts.filter((fact) => fact !== '').join(' · ');
}

async function askId(value: string): Promise<string | undefined> {
  const id = await window.showInputBox({
    title: t('Pin Workflow Version'),
    prompt: t('The ID of a published version: the “workflow_id” of one of its runs.'),
    placeHolder: 'de300000-0000-4000-8000-000000000105',
    value,
    validateInput: (text) =>
      isVersionId(text) ? undefined : t('A version has an ID of 32 hexadecimal digits in five groups.'),
  });
  return id?.trim().toLowerCase();
}
