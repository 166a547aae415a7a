import type { RefObject, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { isComposing } from '../composer/keys.ts';
import { Icon } from '../icon.tsx';

export interface MenuItem {
  /** Of a codicon. */
  readonly icon: string;
  readonly label: string;
  readonly act: () => void;
  /** A line above it sets it apart. */
  readonly isApart?: boolean;
  /** Whether it is the chosen one of those that have this. */
  readonly checked?: boolean;
  /** Of one that is on or off by itself. */
  readonly role?: 'menuitemcheckbox';
  /** What is seen of it in place of icon and label. */
  readonly content?: VNode;
  /** Tells apart items of one label. */
  readonly key?: string;
}

interface Properties {
  readonly label: string;
  /** Where it stands. */
  readonly classes: string;
  /** One line above the items, or ''. */
  readonly head?: string;
  /** A field above the items that has the focus first. */
  readonly field?: VNode | undefined;
  readonly items: readonly MenuItem[];
  /** Gives the focus back, too. */
  readonly close: () => void;
}

/** A menu that has opened: the arrows, Home, End and first letters move in it, Enter chooses, Esc and a click elsewhere close it. */
export function Menu({ label, classes, head = '', field, items, close }: Properties): VNode {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (root.current !== null) begin(root.current);
  }, []);
  useEffect(() => listenOutside(root, close));
  return (
    <div
      class={`menu ${classes}`}
      ref={root}
      onKeyDown={(event) => {
        if (isComposing(event) || event.altKey || event.ctrlKey || event.metaKey) return;
        if (event.key === 'Escape' || event.key === 'Tab') close();
        else if (!move(event.currentTarget, event.key)) return;
        event.preventDefault();
      }}
    >
      {head !== '' && <div class="menu-head num">{head}</div>}
      {field}
      <div role="menu" aria-label={label}>
        {items.map((item) => (
          <Item key={item.key ?? item.label} item={item} close={close} />
        ))}
      </div>
    </div>
  );
}

function Item({ item, close }: { readonly item: MenuItem; readonly close: () => void }): VNode {
  const { icon, label, act, isApart = false, checked, content } = item;
  const choose = (): void => {
    close();
    act();
  };
  const role = item.role ?? (checked === undefined ? 'menuitem' : 'menuitemradio');
  return (
    <>
      {isApart && <hr />}
      <button class="menu-item" role={role} aria-checked={checked} type="button" tabIndex={-1} onClick={choose}>
        {content ?? (
          <>
            <Icon name={icon} />
            <span class="cut">{label}</span>
          </>
        )}
      </button>
    </>
  );
}

function begin(menu: HTMLElement): void {
  if (isCutAbove(menu)) menu.classList.add('below');
  const first =
    menu.querySelector<HTMLElement>('input') ??
    menu.querySelector<HTMLElement>('[role="menuitemradio"][aria-checked="true"]');
  (first ?? itemsIn(menu)[0])?.focus();
  menu.scrollIntoView({ block: 'nearest' });
}

/** @returns the end of it */
function listenOutside(root: RefObject<HTMLElement | null>, close: () => void): () => void {
  const pressed = ({ target }: Event): void => {
    // What opened it closes it itself.
    const isOpener = target instanceof Element && target.closest('[aria-haspopup][aria-expanded="true"]') !== null;
    if (target instanceof Node && !isOpener && root.current?.contains(target) === false) close();
  };
  document.addEventListener('pointerdown', pressed, true);
  return () => document.removeEventListener('pointerdown', pressed, true);
}

/** Whether the scroller would cut it off at its top. */
function isCutAbove(menu: HTMLElement): boolean {
  const scroller = menu.closest('.transcript');
  return scroller !== null && menu.getBoundingClientRect().top < scroller.getBoundingClientRect().top;
}

function itemsIn(menu: HTMLElement): readonly HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
}

/** Moves the focus as the key says. @returns whether the key is one that moves */
function move(menu: HTMLElement, key: string): boolean {
  const all = itemsIn(menu);
  const here = all.findIndex((item) => item === document.activeElement);
  // In the field all keys but the arrows are for its text.
  const isTyping = here === -1 && menu.contains(document.activeElement);
  if (isTyping && key !== 'ArrowDown' && key !== 'ArrowUp') return false;
  const next = targetOf(all, here, key);
  next?.focus();
  return next !== undefined;
}

function targetOf(all: readonly HTMLElement[], here: number, key: string): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return all[(here + 1) % all.length];
    case 'ArrowUp':
      return all.at(here <= 0 ? -1 : here - 1);
    case 'Home':
      return all[0];
    case 'End':
      return all.at(-1);
    default:
      return key.length === 1 && key !== ' ' ? startingWith(all, here, key) : undefined;
  }
}

/** The next one that begins with the letter. */
function startingWith(all: readonly HTMLElement[], here: number, letter: string): HTMLElement | undefined {
  const order = [...all.slice(here + 1), ...all.slice(0, here + 1)];
  return order.find((item) => item.textContent.trim().toLowerCase().startsWith(letter.toLowerCase()));
}
