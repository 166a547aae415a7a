/** Whether the transcript stays where it is: before the first question, and while a form in it is filled in. */
export function isAtForm(scroller: Element): boolean {
  return isBeforeFirst(scroller) || scroller.querySelector('.form')?.contains(document.activeElement) === true;
}

/** Whether nothing was asked yet: what stands there is read from its beginning. */
export function isBeforeFirst(scroller: Element): boolean {
  return scroller.querySelector('article.turn.ask') === null;
}
