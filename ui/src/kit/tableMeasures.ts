/** Height of a row, in pixels. */
export const ROW_HEIGHT = 30;
/** Height of the head, in pixels. */
export const HEAD_HEIGHT = 28;
/** Between two columns, in pixels. */
export const COLUMN_GAP = 8;
