import { commands, env, StatusBarAlignment, ThemeColor, window, type Disposable, type Event } from 'vscode';
import type { Repair } from '../../conversation/failure.ts';
import type { ChatActivity, Work } from '../activity.ts';
import { hostOf, isDemo, type App } from '../app.ts';
import type { Apps } from '../apps.ts';
import type { Register } from '../commands.ts';
import type { Health } from '../health.ts';
import type { Running } from '../running.ts';
import { t } from '../words.ts';
import { spokenOf, statusOf, textOf, type Activity, type Status } from './status.ts';
import { menuOf } from './statusMenu.ts';

const menuCommand = 'difyCompanion.status.menu';

interface ChatPort {
  readonly onDidChangeActivity: Event<unknown>;
  activity(): ChatActivity;
}

/** What the status bar item looks at. */
export interface StatusPorts {
  readonly apps: Apps;
  readonly health: Health;
  readonly chat: ChatPort;
  /** The recipes that run. */
  readonly running: Pick<Running, 'list' | 'onDidChange'>;
  /** Does with the person what the remedy says; `undefined` if they give up. */
  readonly repair: (app: App, remedy: Repair) => Promise<App | undefined>;
  /** Tests the connection of the app. */
  readonly test: (app: App) => Promise<unknown>;
}

/** Registers the status bar item with its menu. It is hidden until there is an app. */
export function registerStatus(register: Register, ports: StatusPorts): readonly Disposable[] {
  const { apps, health, running, chat } = ports;
  const item = window.createStatusBarItem('difyCompanion.status', StatusBarAlignment.Right, 100);
  item.name = t('Dify App');
  item.command = menuCommand;
  let shown = '';
  const update = (): void => {
    const status = statusNow(ports);
    // Setting a property costs a message to the window, also if it is the same.
    const next = JSON.stringify(status) ?? '';
    if (next === shown) return;
    shown = next;
    if (status === undefined) return item.hide();
    item.text = textOf(status);
    item.tooltip = status.tooltip;
    item.backgroundColor = status.warns ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    item.accessibilityInformation = { label: spokenOf(status), role: 'button' };
    item.show();
  };
  update();
  return [
    item,
    ...[apps.onDidChange, health.onDidChange, running.onDidChange, chat.onDidChangeActivity].map((changed) =>
      changed(update),
    ),
    register(menuCommand, () => openMenu(ports)),
  ];
}

function statusNow(ports: StatusPorts): Status | undefined {
  const { apps, health } = ports;
  const app = inUse(apps);
  return app === undefined ? undefined : statusOf({ app, health: health.of(app), activity: activityIn(ports), moment });
}

/** What goes on, with the apps that are still there. */
function activityIn({ chat, running, apps }: StatusPorts): Activity {
  const { answering, waiting } = chat.activity();
  const withApp = (work: Work | undefined) => {
    const app = apps.find(work?.appId);
    return work === undefined || app === undefined ? undefined : { app, title: work.title };
  };
  return {
    answering: withApp(answering),
    running: running
      .list()
      .map(withApp)
      .filter((work) => work !== undefined),
    waiting: waiting.flatMap(({ appId, until }) => {
      const waits = apps.find(appId);
      return waits === undefined ? [] : [{ app: waits, until }];
    }),
  };
}

/** The app of the chat, and where none can chat, any. */
function inUse(apps: Apps): App | undefined {
  return apps.chatApp() ?? apps.list()[0];
}

async function openMenu(ports: StatusPorts): Promise<void> {
  const status = statusNow(ports);
  const app = inUse(ports.apps);
  if (status === undefined || app === undefined) return;
  const picked = await window.showQuickPick([...menuOf(status.state, isDemo(app))], {
    title: 'Dify',
    placeHolder: `${app.name} · ${hostOf(app)}`,
  });
  if (picked === undefined) return;
  if (picked.run === 'enterKey') await ports.repair(app, 'enterKey');
  else if (picked.run === 'test') await ports.test(app);
  else await commands.executeCommand(picked.run, picked.about);
}

/** The time, and the day if it is not today. */
function moment(at: number): string {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(env.language, { ...(today ? {} : { dateStyle: 'medium' }), timeStyle: 'short' });
}
