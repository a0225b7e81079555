/** Everything in view, never larger than life. */
export const FITTED = { maxZoom: 1, padding: 0.05 };
