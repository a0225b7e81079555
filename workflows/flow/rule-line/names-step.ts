/** Whether a template reads what a step gave: a drawn line gives its steps ids of its own, so no text of it may name one. */
export const namesStep = (template: string): boolean => /\{[{%][^}]*\bsteps\b/.test(template);
