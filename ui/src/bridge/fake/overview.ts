import type { ChangeRow, Overview, WorkspaceInfo } from "../bindings.gen";
import { formOf } from "./forms";
import { isChanged } from "./users";
import { NOW, type World } from "./world";

/** What the command needs of the desk that plays. */
interface Played {
  steps: { row: ChangeRow }[];
  open(): World;
  info(): WorkspaceInfo;
}

/** How the workspace stands, in figures. */
export function overviewOf(desk: Played, licences: Overview["licences"]): Overview {
  const world = desk.open();
  const people = [...world.people.values()];
  const { pending, conflicts, counts, as_of, can_import } = desk.info();
  const row = desk.steps.map((step) => step.row).findLast(({ intent }) => intent === "intent.export");
  const last = (intent: string, hours: number, detail: [string, string][]) => ({ id: 1, intent, detail, actor: "marta", at: new Date(NOW - hours * 3_600_000).toISOString() });
  return {
    people: people.length,
    status: formOf(world.desk).statuses.map((value) => ({ value, label: value, count: people.filter(({ form }) => form.status === value).length })),
    changed: people.filter(isChanged).length,
    licences,
    pending,
    conflicts,
    expectations: world.expectations.length,
    last_import: people.length > 0 && can_import ? last("import", 2, []) : null,
    last_export: row ?? (people.length > 0 && can_import ? last("intent.export", 140, [["folder", "/home/marta/Documents/export"], ["operations", "41"]]) : null),
    tickets: counts.tickets,
    as_of,
  };
}
