import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ConversationList } from '../../conversation/protocol.ts';
import type { Actions } from '../actions.ts';
import { Icon } from '../icon.tsx';
import { t } from '../locale.ts';
import { Menu, type MenuItem } from '../menu/menu.tsx';

type Scope = ConversationList['scope'];

const scopes = { workspace: 'scopeWorkspace', all: 'scopeAll' } as const;

/** The field that finds conversations, and which of them are shown at all. */
export function SearchHead({ scope, actions }: { readonly scope: Scope; readonly actions: Actions }): VNode {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const list = (chosen: Scope): void =>
    actions.post({ type: 'listConversations', search: field.current?.value ?? '', scope: chosen });
  return (
    <div class="sheet-head">
      <div class="search">
        <Icon name="search" />
        <input
          ref={field}
          class="field"
          type="text"
          role="searchbox"
          data-first-focus
          aria-label={t('searchConversations')}
          placeholder={t('searchHint')}
          onInput={() => list(scope)}
        />
      </div>
      <ScopeMenu scope={scope} choose={list} />
    </div>
  );
}

function ScopeMenu({ scope, choose }: { readonly scope: Scope; readonly choose: (scope: Scope) => void }): VNode {
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const label = t('filterBy', { scope: t(scopes[scope]) });
  const items = (['workspace', 'all'] as const).map((one): MenuItem => {
    const checked = one === scope;
    const name = t(scopes[one]);
    return {
      icon: '',
      label: name,
      checked,
      content: <Choice label={name} checked={checked} />,
      act: () => choose(one),
    };
  });
  const close = (): void => {
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <>
      <button
        ref={opener}
        class="icon-btn"
        type="button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="list-filter" />
      </button>
      {open && <Menu label={label} classes="under-head" items={items} close={close} />}
    </>
  );
}

function Choice({ label, checked }: { readonly label: string; readonly checked: boolean }): VNode {
  return (
    <>
      <span class="cut">{label}</span>
      {checked && (
        <span class="end-slot">
          <Icon name="check" />
        </span>
      )}
    </>
  );
}
