import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { createFake } from "@/bridge/fake";
import type { ChangeRow } from "@/bridge/types";
import { axeFindings, drawOnFake } from "../../../test/withFake";
import { TimeSelect } from "./TimeSelect";

const row = (id: number, intent = "intent.save_user"): ChangeRow => ({
  id,
  intent,
  detail: [["name", `Person ${String(id)}`]],
  actor: "marta",
  at: "2026-11-20T10:00:00Z",
  undone: false,
  undoable: false,
  lines: [],
  more_lines: 0,
});

/** A log of so many changes, of which one is an import. */
function draw(count: number, imported: number | null, value: number | null = null) {
  const fake = createFake("sample", 0, "otobo");
  const log = Array.from({ length: count }, (_, index) => row(count - index, count - index === imported ? "intent.import" : undefined));
  fake.commands.listChanges = async (before, limit) => ({ status: "ok", data: log.filter((one) => before === null || one.id < before).slice(0, limit) });
  const onChange = vi.fn();
  const view = drawOnFake(<TimeSelect value={value} onChange={onChange} />, "sample", "light", "otobo", fake);
  return { ...view, onChange };
}

const options = async () => [...(await screen.findByRole<HTMLSelectElement>("combobox", { name: "From when the rights are" })).options];

describe("from when the rights are", () => {
  it("reaches every change since the last import, page after page, and says why it ends", async () => {
    const { onChange } = draw(250, 20);
    expect((await options()).at(-1)?.textContent).toBe("Older changes…");
    for (const last of [51, 20]) {
      const select = screen.getByRole("combobox", { name: "From when the rights are" });
      fireEvent.change(select, { target: { value: "older" } });
      await waitFor(async () => expect((await options()).some((one) => one.value === String(last))).toBe(true));
    }
    const all = await options();
    // Not the newest, which is today, and nothing before the import.
    expect(all.map((one) => one.value)).toEqual(["", ...Array.from({ length: 230 }, (_, index) => String(249 - index)), "end"]);
    expect(all.at(-1)?.disabled).toBe(true);
    expect(all.at(-1)?.textContent).toMatch(/last import/);
    expect(onChange).not.toHaveBeenCalled();
    fireEvent.change(screen.getByRole("combobox", { name: "From when the rights are" }), { target: { value: "20" } });
    expect(onChange).toHaveBeenCalledWith(20);
    expect(await axeFindings()).toEqual([]);
  });

  it("names a change that is further back than what was read", async () => {
    draw(250, null, 7);
    await waitFor(async () => expect((await options()).map((one) => one.textContent)).toContain("After change 7"));
    expect(screen.getByRole<HTMLSelectElement>("combobox", { name: "From when the rights are" }).value).toBe("7");
  });

  it("says so where there is nothing but the import, and is not there where there is nothing", async () => {
    const { unmount } = draw(1, 1);
    expect((await options()).map((one) => one.value)).toEqual(["", "end"]);
    unmount();
    const { container } = draw(0, null);
    await new Promise((done) => setTimeout(done, 50));
    expect(container.querySelector("select")).toBeNull();
  });
});
