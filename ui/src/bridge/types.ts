/** The records as they cross the bridge; features and kit take them from here. */
export type * from "./bindings.gen";
