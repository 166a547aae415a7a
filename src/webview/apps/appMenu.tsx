import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { AppChoice, AppFace } from '../../conversation/appFace.ts';
import type { Actions } from '../actions.ts';
import { AppIcon } from '../appIcon.tsx';
import { isComposing } from '../composer/keys.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { Menu, type MenuItem } from '../menu/menu.tsx';

interface Properties {
  readonly app: AppFace;
  readonly apps: readonly AppChoice[];
  readonly showsImages: boolean;
  readonly actions: Actions;
  /** Shows what the app's owner says of it. */
  readonly about: () => void;
  readonly close: () => void;
}

/** From so many apps on there is a field to find one by. */
const many = 8;

/** The apps to chat with, and what else can be done about apps. */
export function AppMenu({ app, apps, showsImages, actions, about, close }: Properties): VNode {
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLowerCase();
  const shown = apps.filter(({ name, host }) => `${name}\n${host}`.toLowerCase().includes(wanted));
  const choose = (id: string): void => {
    if (id !== app.id) actions.post({ type: 'chooseApp', id });
  };
  const choices = shown.map((one) => choiceOf(one, one.id === app.id, () => choose(one.id)));
  const items: readonly MenuItem[] = [
    ...choices,
    { icon: 'add', label: t('connectAnApp'), isApart: true, act: () => actions.wish('connect') },
    { icon: 'settings-gear', label: t('manageApps'), act: () => actions.wish('manageApps') },
    {
      icon: showsImages ? 'check' : 'file-media',
      label: t('alwaysShowImages', { app: app.name }),
      role: 'menuitemcheckbox',
      checked: showsImages,
      act: () => actions.post({ type: 'showImages', always: !showsImages }),
    },
    { icon: 'info', label: t('aboutApp', { app: app.name }), act: about },
  ];
  const takeFirst = (): void => {
    close();
    choices[0]?.act();
  };
  const field = apps.length < many ? undefined : <Filter filter={filter} change={setFilter} take={takeFirst} />;
  const head = shown.length === 0 ? t('noSuchApp') : t('apps');
  return <Menu label={t('apps')} classes="under-bar" head={head} field={field} items={items} close={close} />;
}

interface FilterProperties {
  readonly filter: string;
  readonly change: (filter: string) => void;
  readonly take: () => void;
}

function Filter({ filter, change, take }: FilterProperties): VNode {
  return (
    <input
      class="field"
      type="text"
      role="searchbox"
      aria-label={t('filterApps')}
      placeholder={t('filterApps')}
      value={filter}
      onInput={({ currentTarget }) => change(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || isComposing(event)) return;
        event.preventDefault();
        take();
      }}
    />
  );
}

function choiceOf(app: AppChoice, checked: boolean, act: () => void): MenuItem {
  const end = app.keyMissing ? t('appKeyMissing') : checked && <Icon name="check" />;
  const content = (
    <>
      <AppIcon app={app} />
      <span class="two">
        <span class="cut">{app.name}</span>
        <span class="sub cut">{`${modeWords(app.mode)} · ${app.host}`}</span>
      </span>
      {end !== false && <span class="end-slot">{end}</span>}
    </>
  );
  return { icon: '', label: app.name, key: app.id, checked, content, act };
}

/** Dify's own word for the kind of app. */
function modeWords(mode: string): string {
  switch (mode) {
    case 'chat':
      return t('modeChat');
    case 'agent':
    case 'agent-chat':
      return t('modeAgent');
    case 'advanced-chat':
      return t('modeChatflow');
    case 'completion':
      return t('modeGenerator');
    case 'workflow':
      return t('modeWorkflow');
    default:
      return mode;
  }
}
