import type { WorkspaceInfo } from "../bindings.gen";
import type { Commands } from "../client";
import type { FakeDesk } from "./index";
import { Refusal } from "./refusal";
import { misfits, withSettings } from "./settings";

/** A list in a file that nobody reads. */
export async function written(desk: FakeDesk, job: string, path: string, rows: number) {
  await desk.work(job, [["writing", "external_users", rows]]);
  return { path, rows };
}

/** The settings as they are given, as one step of the history. */
export function setSettings(desk: FakeDesk, inputs: Parameters<Commands["setSettings"]>[0]): WorkspaceInfo {
  const world = desk.open();
  const before = world.settings;
  const fields = misfits(before, inputs);
  if (fields.length) throw new Refusal("invalid", "Some settings do not fit", { fields });
  const after = withSettings(before, inputs);
  desk.settingsDraft = [];
  const lines = inputs.map((input) => ({
    entity: "desk_setting", subject: input.name, user: null, kind: "update", field: input.name,
    from: before.find((one) => one.name === input.name)?.value ?? null, to: input.value,
  }));
  desk.record("intent.settings", [["names", inputs.map((input) => input.name).join(", ")]], lines, () => (world.settings = before), () => (world.settings = after));
  desk.tell("workspace", "preview", "plan", "history");
  return desk.info();
}

/** Mutes with a reason, or shows again, as one step of the history. */
export function mute(desk: FakeDesk, finding: string, reason: string | null): null {
  const before = desk.mutes.get(finding) ?? null;
  const put = (to: string | null) => () => void (to === null ? desk.mutes.delete(finding) : desk.mutes.set(finding, to));
  desk.record(reason === null ? "intent.unmute_finding" : "intent.mute_finding", [["finding", finding], ["name", ""]], [], put(before), put(reason));
  desk.tell("workspace", "users", "history");
  return null;
}
