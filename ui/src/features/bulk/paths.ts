/** The single keys that begin what this feature does, while people are selected in the list. */
export const bulkKeys = { edit: "E", offboard: "O" } as const;
