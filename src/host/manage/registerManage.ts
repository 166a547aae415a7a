import { commands, window, workspace, type Disposable } from 'vscode';
import type { Register, Start } from '../commands.ts';
import type { Log } from '../log.ts';
import type { CommonState } from '../commonState.ts';
import { checkUser, copyUser, deleteAllData, resetUser, signOut } from './data.ts';
import { ManageApps, type ManagePorts } from './manage.ts';

interface RegisterPorts extends ManagePorts {
  readonly shared: CommonState;
  readonly userSetting: () => unknown;
  readonly start: Start;
  readonly log: Log;
  /** Forgets what was typed while an app was being connected. */
  readonly forgetTyped: () => void;
}

/** Registers the commands about the apps and their data, and what follows from a change of them. */
export function registerManage(register: Register, ports: RegisterPorts): readonly Disposable[] {
  const { apps, userSetting } = ports;
  const manage = new ManageApps(ports);
  const showContext = (): void => {
    void commands.executeCommand('setContext', 'difyCompanion.hasApps', apps.list().length > 0);
    void commands.executeCommand('setContext', 'difyCompanion.demo', apps.inDemo);
  };
  showContext();
  checkUser(userSetting());
  return [
    register('difyCompanion.apps.manage', () => manage.show()),
    register('difyCompanion.apps.pinVersion', (id) =>
      ports.pinVersion(typeof id === 'string' ? apps.find(id) : undefined),
    ),
    register('difyCompanion.apps.signOut', () => signOut(ports)),
    register('difyCompanion.data.deleteAll', () => deleteAllData(ports)),
    register('difyCompanion.user.copy', () => copyUser(ports)),
    register('difyCompanion.user.reset', () => resetUser(ports)),
    apps.onDidChange(showContext),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('difyCompanion.user')) checkUser(userSetting());
    }),
    ...follow(ports),
  ];
}

/** What other windows change, and what Dify's owners change, is taken over. */
function follow({ apps, keys, health, details, erasures, shared, start }: RegisterPorts): readonly Disposable[] {
  const carryOut = (): void => start('Deleting what was deleted in another window', () => erasures.carryOut());
  carryOut();
  return [
    shared.onDidChange(carryOut),
    keys.onDidChange((id) => {
      health.forget(id);
      details.forget(id);
      const app = apps.find(id);
      // A key that is missing is noted; nothing is sent.
      if (app !== undefined) void health.watch(app, keys.get(app)).catch(() => {});
    }),
    window.onDidChangeWindowState(({ focused }) => {
      if (!focused) return;
      start('Hearing of other windows', () => shared.refresh());
      // In a workspace that is not trusted nothing is read unasked.
      if (workspace.isTrusted) start('Reading the design of an app', () => details.refresh(apps.chatApp()));
    }),
  ];
}
