import type { ApiError, Code } from "../bindings.gen";

/** What the program answers when it cannot do its work. */
export class Refusal extends Error {
  readonly data: ApiError;

  constructor(code: Code, message: string, more: Partial<ApiError> = {}) {
    super(message);
    this.data = { code, message, fields: [], detail: [], problems: [], ...more };
  }
}
