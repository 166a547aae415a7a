/**
 * Opens a menu at its button, over everything else. It closes by itself when the person goes elsewhere, chooses an item or presses
 * Escape, and gives the focus back.
 *
 * @param menu a popover with elements of the role `menuitem…` in it
 */
export function openMenu(opener: HTMLElement, menu: HTMLElement): void {
  opener.after(menu);
  opener.ariaExpanded = 'true';
  menu.addEventListener('toggle', (event) => {
    if (event.newState === 'open') return;
    opener.ariaExpanded = 'false';
    menu.remove();
  });
  menu.addEventListener('click', () => menu.hidePopover());
  menu.addEventListener('keydown', (event) => pressed(menu, event));
  menu.showPopover({ source: opener });
  seenItems(menu)[0]?.focus();
}

/** One that is not drawn at this width is no item. */
function seenItems(menu: HTMLElement): readonly HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')].filter((item) => item.checkVisibility());
}

function pressed(menu: HTMLElement, event: KeyboardEvent): void {
  const items = seenItems(menu);
  const here = items.findIndex((item) => item === document.activeElement);
  const to: Readonly<Record<string, number>> = {
    ArrowDown: here + 1,
    ArrowUp: here === -1 ? -1 : here - 1,
    Home: 0,
    End: -1,
  };
  const next = to[event.key];
  if (next !== undefined) {
    event.preventDefault();
    items.at(next % items.length)?.focus();
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    // Escape would stop the answer next.
    if (event.key === 'Escape') event.preventDefault();
    menu.hidePopover();
  }
}
