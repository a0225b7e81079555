/** In a field the keys are the field's. */
export const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** In a field, a dialog or a menu keys mean something else than on the canvas. */
export const isElsewhere = (target: EventTarget | null): boolean =>
  isWriting(target) || (target instanceof Element && target.closest("[role=dialog], [role=menu]") !== null);
