/** Whether the transcript stays where it is: before the first question, and while a form in it is filled in. */
export function isAtForm(scroller: Element): boolean {
  // From the focus up: looking for forms would be looking at every element, with each step of an answer.
  const focused = document.activeElement;
  // What the button of a form in an answer has sent is answered below it.
  const form = focused?.matches('.answer-form button') === true ? null : (focused?.closest('.form') ?? null);
  return isBeforeFirst(scroller) || (form !== null && scroller.contains(form));
}

/** Whether nothing was asked yet: what stands there is read from its beginning. */
export function isBeforeFirst(scroller: Element): boolean {
  return scroller.querySelector('article.turn.ask') === null;
}
