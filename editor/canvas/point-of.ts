const NOWHERE = { clientX: 0, clientY: 0 };

/** Where on the screen a mouse or a finger is. */
export const pointOf = (event: MouseEvent | TouchEvent): { readonly clientX: number; readonly clientY: number } =>
  "changedTouches" in event ? (event.changedTouches[0] ?? NOWHERE) : event;
