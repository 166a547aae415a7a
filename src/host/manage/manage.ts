import { commands, ThemeIcon, window, workspace, type QuickInputButton, type QuickPickItem } from 'vscode';
import type { Repair } from '../../conversation/failure.ts';
import { canChat, hasPage, hasVersions, hostOf, isDemo, type App } from '../app.ts';
import type { AppDetails } from '../appDetails.ts';
import { appRow, type AppRow, type RowPorts } from '../appRows.ts';
import type { Apps } from '../apps.ts';
import type { Health } from '../health.ts';
import type { Keys } from '../keys.ts';
import { askChoice } from '../quickPick.ts';
import { t } from '../words.ts';
import type { Erasures } from './erasures.ts';

/** What managing apps needs. */
export interface ManagePorts extends RowPorts {
  readonly apps: Apps;
  readonly keys: Keys;
  readonly health: Health;
  readonly details: AppDetails;
  readonly erasures: Erasures;
  /** What an app can be bound to. */
  readonly recipes: () => readonly { readonly id: string; readonly title: string }[];
  readonly fitsActions: (app: App) => boolean;
  /** Lets the person say which actions the app does. */
  readonly bindActions: (app: App) => Promise<void>;
  /** Lets the person say which version of an app is run. @param app that they mean; asked for if there is none */
  readonly pinVersion: (app?: App) => Promise<void>;
  readonly connect: () => Promise<App | undefined>;
  readonly repair: (app: App, remedy: Repair) => Promise<App | undefined>;
  readonly test: (app: App) => Thenable<unknown>;
}

/** What can be done with an app. It ends in the list again, or leads out of it. */
interface AppAction extends QuickPickItem {
  readonly icon: string;
  readonly run: (app: App) => Promise<'list' | 'leave'>;
}

/** The list of the person's apps, and what can be done with each. */
export class ManageApps {
  readonly #ports: ManagePorts;

  constructor(ports: ManagePorts) {
    this.#ports = ports;
  }

  async show(): Promise<void> {
    await this.#lookForKeys();
    this.#readDesigns();
    for (let next = await this.#list(undefined); next !== undefined;) next = await this.#list(next);
  }

  /** The app that the list is to begin at next; `undefined` at the end. */
  async #list(last: App | undefined): Promise<App | undefined> {
    const { apps, connect } = this.#ports;
    const rows = apps.list().map((app) => ({ ...this.#row(app), buttons: this.#buttons(app) }));
    if (rows.length === 0) {
      await this.#offer();
      return undefined;
    }
    const another = { label: t('Connect Another App…'), iconPath: new ThemeIcon('add'), app: undefined };
    const plus = { iconPath: new ThemeIcon('add'), tooltip: t('Connect Another App…') };
    const pressed = await askChoice<AppRow | typeof another>({
      title: t('Manage Apps'),
      placeholder: t('Choose an app to change it'),
      rows: [...rows, another],
      active: rows.find(({ app }) => app.id === last?.id),
      buttons: [plus],
    });
    if (pressed === undefined || pressed === 'back') return undefined;
    const app = pressed.row?.app;
    if (app === undefined) {
      // What to do with the new app was asked there.
      await connect();
      return undefined;
    }
    const next = pressed.button === undefined ? await this.#menu(app) : await this.#act(app, pressed.button);
    return next === 'list' ? app : undefined;
  }

  /** Who has no app is offered one. */
  async #offer(): Promise<void> {
    const connect = { label: t('Connect an App'), iconPath: new ThemeIcon('plug') };
    const demo = { label: t('Try the Demo Server'), iconPath: new ThemeIcon('beaker') };
    const picked = await window.showQuickPick([connect, demo], { title: t('Manage Apps') });
    if (picked === connect) await this.#ports.connect();
    if (picked === demo) await commands.executeCommand('difyCompanion.demo.start');
  }

  #row(app: App): AppRow {
    const { apps, recipes } = this.#ports;
    const isShown = apps.chatApp()?.id === app.id && hasPage(app);
    const shown = isShown
      ? [canChat(app) ? t('Chats in this workspace') : t('In the chat view of this workspace')]
      : [];
    const bound = recipes()
      .filter(({ id }) => apps.boundTo(id)?.id === app.id)
      .map(({ title }) => title);
    const pinned = app.pinnedVersion === undefined ? [] : [t('Pinned version')];
    return appRow(app, this.#ports, [...shown, ...bound, ...pinned]);
  }

  async #menu(app: App): Promise<'list' | 'leave'> {
    const { label, description } = this.#row(app);
    const rows = this.#actions(app).map((action) => ({ ...action, iconPath: new ThemeIcon(action.icon) }));
    const pressed = await askChoice({ title: label, placeholder: description ?? '', rows, back: true });
    if (pressed === 'back') return 'list';
    return (await pressed?.row?.run(app)) ?? 'leave';
  }

  /** The most wanted ones stand in the row of the app too. */
  #buttons(app: App): readonly QuickInputButton[] {
    const inRow = this.#actions(app).filter(({ icon }) =>
      ['comment-discussion', 'play', 'edit', 'key', 'trash'].includes(icon),
    );
    return inRow.map(({ icon, label }) => ({ iconPath: new ThemeIcon(icon), tooltip: label }));
  }

  async #act(app: App, { tooltip }: QuickInputButton): Promise<'list' | 'leave'> {
    const action = this.#actions(app).find(({ label }) => label === tooltip);
    return (await action?.run(app)) ?? 'list';
  }

  #actions(app: App): readonly AppAction[] {
    const chat: AppAction = {
      label: canChat(app) ? t('Chat with It in This Workspace') : t('Run It in This Workspace'),
      icon: canChat(app) ? 'comment-discussion' : 'play',
      run: async () => {
        await this.#ports.apps.chooseChatApp(app);
        await commands.executeCommand('difyCompanion.chat.show');
        return 'leave';
      },
    };
    const use = { label: t('Use It for Selection Actions…'), icon: 'wand', run: () => this.#bind(app) };
    const pin = {
      label: t('Pin Workflow Version…'),
      icon: 'pinned',
      run: () => this.#leaveFor(this.#ports.pinVersion(app)),
    };
    const test = {
      label: t('Test Connection'),
      icon: 'pulse',
      run: () => this.#leaveFor(this.#ports.test(app)),
    };
    const fits = [
      ...(hasPage(app) ? [chat] : []),
      ...(this.#ports.fitsActions(app) ? [use] : []),
      ...(hasVersions(app) ? [pin] : []),
    ];
    if (isDemo(app)) return fits;
    return [...fits, ...this.#changes(app), test, this.#removal(app)];
  }

  #changes(app: App): readonly AppAction[] {
    const { repair } = this.#ports;
    return [
      { label: t('Rename…'), icon: 'edit', run: () => this.#rename(app) },
      { label: t('Replace Key…'), icon: 'key', run: () => this.#leaveFor(repair(app, 'enterKey')) },
      { label: t('Edit Address…'), icon: 'globe', run: () => this.#leaveFor(repair(app, 'editAddress')) },
    ];
  }

  #removal(app: App): AppAction {
    return { label: t('Remove…'), icon: 'trash', run: () => this.#remove(app) };
  }

  async #leaveFor(work: Thenable<unknown>): Promise<'leave'> {
    await work;
    return 'leave';
  }

  async #bind(app: App): Promise<'list'> {
    await this.#ports.bindActions(app);
    return 'list';
  }

  async #rename(app: App): Promise<'list'> {
    const own = app.ownName ?? app.name;
    const name = await window.showInputBox({
      title: t('Rename {app}', { app: app.name }),
      prompt: t('What it is called here. Leave it empty for its name in Dify, {name}.', { name: own }),
      value: app.name,
      placeHolder: own,
    });
    if (name !== undefined) await this.#ports.apps.rename(app.id, name);
    return 'list';
  }

  async #remove(app: App): Promise<'list'> {
    const { apps, keys, erasures } = this.#ports;
    const remove = t('Remove');
    const pressed = await window.showWarningMessage(
      t('Remove {app}?', { app: app.name }),
      {
        modal: true,
        detail: t(
          'Its key for {host}, its conversations on this computer and its actions go with it. What Dify keeps stays there.',
          { host: hostOf(app) },
        ),
      },
      remove,
    );
    if (pressed !== remove) return 'list';
    try {
      await keys.delete(app);
    } finally {
      await apps.remove(app.id);
      await erasures.erase(app.id);
    }
    return 'list';
  }

  /** The list does not wait for them: what comes late is in the next one. In a workspace that is not trusted nothing is read unasked. */
  #readDesigns(): void {
    if (!workspace.isTrusted) return;
    const { apps, details } = this.#ports;
    const signal = AbortSignal.timeout(15_000);
    void Promise.allSettled(apps.list().map((app) => details.site(app, signal)));
  }

  /** A key that is gone is to be seen in the list before the app is asked something. */
  async #lookForKeys(): Promise<void> {
    const { apps, keys, health } = this.#ports;
    const unknown = apps.list().filter((app) => health.of(app).state === 'unknown');
    await Promise.allSettled(unknown.map((app) => health.watch(app, keys.get(app))));
  }
}
