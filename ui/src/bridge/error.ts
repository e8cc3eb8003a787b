import type { ApiError as ApiErrorData, Code, FieldProblem, Problem } from "./bindings.gen";

/** The one error that the bridge throws: a closed code for the program, fields and details for people. */
export class ApiError extends Error {
  readonly code: Code;
  readonly fields: readonly FieldProblem[];
  readonly detail: readonly string[];
  /** Problems of a source, which `detail` has in English. */
  readonly problems: readonly Problem[];

  constructor(data: ApiErrorData) {
    super(data.message);
    this.name = "ApiError";
    this.code = data.code;
    this.fields = data.fields;
    this.detail = data.detail;
    this.problems = data.problems;
  }
}

/** Whatever was thrown, as an ApiError: a defect of the window itself has the code `internal`. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new ApiError({ code: "internal", message, fields: [], detail: [], problems: [] });
}
