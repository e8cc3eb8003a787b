import type { ConflictRow } from "../bindings.gen";
import { emptyForm, NOW, type World } from "./world";

/** Two fields that were changed here and in the desk. */
export function conflictsOf(world: World): ConflictRow[] {
  const subject = (index: number) => {
    const form = world.people.get(`u${index}`)?.form ?? emptyForm;
    return `${form.first_name} ${form.last_name}`;
  };
  const line = (index: number, field: string, from: string, to: string) => ({
    entity: "external_user", subject: subject(index), user: `u${index}`, kind: "update", field, from, to,
  });
  return [
    { id: 1, line: line(4, "email", "old@brno-papir.example", "new.address@example.org"), theirs: "office@brno-papir.example", at: new Date(NOW).toISOString() },
    { id: 2, line: line(12, "status", "valid", "invalid"), theirs: "invalid-temporarily", at: new Date(NOW).toISOString() },
  ];
}
