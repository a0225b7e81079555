/** In pixels of the canvas. */
export const NODE_WIDTH = 240;
export const BETWEEN_COLUMNS = 88;
/** From one column to the next. */
export const COLUMN = NODE_WIDTH + BETWEEN_COLUMNS;
