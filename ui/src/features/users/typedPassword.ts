import { useEffect, useState } from "react";
import { api } from "@/bridge/client";
import type { FieldProblem } from "@/bridge/types";

/** The problem of a form that says that a password was typed, and none is kept. */
export const NOT_KEPT = "problem.password_not_kept";

/** A password that is being typed. */
interface TypedPassword {
  text: string;
  /** What counts of it: nothing, where the form says something else. */
  secret: string;
  /** What the desk demands of it that it does not keep; said by the program, as it is typed. */
  problems: FieldProblem[];
  set: (text: string) => void;
}

/** The password that is typed for a person whose form says `way`. */
export function useTypedPassword(way: string): TypedPassword {
  const [text, set] = useState("");
  const [judged, setJudged] = useState<{ text: string; problems: FieldProblem[] }>({ text: "", problems: [] });
  const secret = way === "typed" ? text : "";
  useEffect(() => {
    if (secret === "") return undefined;
    let over = false;
    api.checkPassword(secret).then(
      (problems) => (over ? undefined : setJudged({ text: secret, problems })),
      // The program asks again before it keeps anything.
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [secret]);
  return { text, secret, problems: judged.text === secret ? judged.problems : [], set };
}
