import { ThemeIcon } from 'vscode';
import type { App } from './app.ts';
import { appRow, type AppRow, type RowPorts } from './appRows.ts';
import { askChoice } from './quickPick.ts';
import { t } from './words.ts';

interface ChoosePorts extends RowPorts {
  readonly connect: () => Promise<App | undefined>;
}

interface Offer {
  readonly title: string;
  readonly placeholder: string;
  readonly apps: readonly App[];
  /** The app that is used now. */
  readonly current: App | undefined;
}

/** Lets the person choose one of the apps, or connect another one; `undefined` if they give up. */
export async function chooseApp(offer: Offer, ports: ChoosePorts): Promise<App | undefined> {
  const rows = offer.apps.map((app) => appRow(app, ports));
  const another = { label: t('Connect Another App…'), iconPath: new ThemeIcon('add'), app: undefined };
  const pressed = await askChoice<AppRow | typeof another>({
    ...offer,
    rows: [...rows, another],
    active: rows.find(({ app }) => app.id === offer.current?.id),
    buttons: [{ iconPath: new ThemeIcon('add'), tooltip: t('Connect Another App…') }],
  });
  if (pressed === undefined || pressed === 'back') return undefined;
  return pressed.row?.app ?? (await ports.connect());
}
