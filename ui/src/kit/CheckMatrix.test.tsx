import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { renderKit } from "../../test/render";
import { CheckMatrix } from "./CheckMatrix";

interface Row {
  id: string;
  name: string;
}

const TOTAL = 100_000;
const headOf = (n: number) => (active: boolean) => (
  <>
    <button type="button" tabIndex={active ? 0 : -1}>{`Set ${n}`}</button>
    {`Group ${n}`}
  </>
);
const columns = Array.from({ length: 500 }, (_, n) => ({ key: `g${n}`, label: `Group ${n}`, said: "ro 3", sorted: n === 2, head: headOf(n) }));
const values = [
  { value: "", label: "none", letter: "N" },
  { value: "ro", label: "ro", letter: "R" },
  { value: "rw", label: "rw", letter: "W" },
];
const load = (offset: number, limit: number) =>
  Promise.resolve({ total: TOTAL, rows: Array.from({ length: limit }, (_, step) => ({ id: `k${offset + step}`, name: `Row ${offset + step}` })) });

interface SheetProps {
  onOpenRow?: (row: Row) => void;
  onOpenColumn?: (column: string) => void;
  onToggleColumn?: (column: string) => void;
  onSetColumn?: (column: string, value: string) => void;
}

function Sheet({ onOpenRow, onOpenColumn, onToggleColumn, onSetColumn }: SheetProps) {
  const [edited, setEdited] = useState<Record<string, string>>({});
  return (
    <CheckMatrix<Row>
      label="Rights"
      corner="Row"
      columns={columns}
      pageKey={["sheet"]}
      loadPage={load}
      rowId={(row) => row.id}
      rowLabel={(row) => row.name}
      rowName={(row) => row.name}
      cell={(row, column) => ({ value: edited[`${row.id} ${column}`] ?? "", was: "", locked: column === "g1" })}
      values={values}
      wasLabel={(was) => `was ${was}`}
      onSet={(row, column, value) => setEdited({ ...edited, [`${row.id} ${column}`]: value })}
      onOpenRow={onOpenRow ?? (() => undefined)}
      onOpenColumn={onOpenColumn ?? (() => undefined)}
      onToggleColumn={onToggleColumn ?? (() => undefined)}
      onSetColumn={onSetColumn ?? (() => undefined)}
      findRow={(text) => Promise.resolve(text === "ro" ? 7 : null)}
      empty={<p>nothing</p>}
      failed={() => <p>failed</p>}
    />
  );
}

async function open(part = <Sheet />) {
  renderKit(part);
  await screen.findByText("Row 0");
  const grid = screen.getByRole("grid");
  const press = (key: string, more = {}) => fireEvent.keyDown(grid, { key, ...more });
  const active = () => document.getElementById(grid.getAttribute("aria-activedescendant") ?? "");
  return { grid, press, active };
}

describe("the matrix", () => {
  it("says how large it is and draws only what is in sight", async () => {
    const { grid } = await open();
    expect(grid.getAttribute("aria-rowcount")).toBe("100001");
    expect(grid.getAttribute("aria-colcount")).toBe("501");
    expect(screen.getAllByRole("gridcell").length).toBeLessThan(2000);
  });

  it("goes through a cell's values with Space and sets them with letters", async () => {
    const { press, active } = await open();
    press("ArrowRight");
    expect(active()?.getAttribute("aria-label")).toBe("Row 0, Group 0: none");
    press(" ");
    expect(active()?.getAttribute("aria-label")).toBe("Row 0, Group 0: ro, was none");
    press("Enter");
    expect(active()?.getAttribute("aria-label")).toBe("Row 0, Group 0: rw, was none");
    press("n");
    expect(active()?.getAttribute("aria-label")).toBe("Row 0, Group 0: none");
    press("w");
    expect(active()?.getAttribute("aria-label")).toBe("Row 0, Group 0: rw, was none");
  });

  it("leaves what is given from elsewhere alone", async () => {
    const { press, active } = await open();
    press("ArrowRight");
    press("ArrowRight");
    press(" ");
    press("w");
    expect(active()?.getAttribute("aria-label")).toBe("Row 0, Group 1: none");
    expect(active()?.getAttribute("aria-disabled")).toBe("true");
  });

  it("goes to a cell with a click, and through its values with the next", async () => {
    const { active } = await open();
    const cell = screen.getByRole("gridcell", { name: "Row 2, Group 2: none" });
    fireEvent.click(cell);
    expect(active()).toBe(cell);
    expect(cell.getAttribute("aria-label")).toBe("Row 2, Group 2: none");
    fireEvent.click(cell);
    expect(cell.getAttribute("aria-label")).toBe("Row 2, Group 2: ro, was none");
  });

  it("looks for a row by its name, and opens it", async () => {
    const onOpenRow = vi.fn();
    const { press, active } = await open(<Sheet onOpenRow={onOpenRow} />);
    press("r");
    press("o");
    await waitFor(() => expect(active()?.textContent).toBe("Row 7"));
    press("Enter");
    expect(onOpenRow).toHaveBeenCalledWith({ id: "k7", name: "Row 7" });
  });

  it("opens a column from its head", async () => {
    const onOpenColumn = vi.fn();
    const { press } = await open(<Sheet onOpenColumn={onOpenColumn} />);
    press("ArrowRight");
    press("ArrowUp");
    press("Enter");
    expect(onOpenColumn).toHaveBeenCalledWith("g0");
  });

  it("sets a column with a letter, and does what its box does with Space", async () => {
    const [onToggleColumn, onSetColumn] = [vi.fn(), vi.fn()];
    const { press, active } = await open(<Sheet onToggleColumn={onToggleColumn} onSetColumn={onSetColumn} />);
    press("ArrowRight");
    press("ArrowUp");
    expect(active()?.getAttribute("role")).toBe("columnheader");
    expect(active()?.getAttribute("aria-label")).toBe("Group 0, ro 3");
    press("w");
    expect(onSetColumn).toHaveBeenCalledWith("g0", "rw");
    press("N");
    expect(onSetColumn).toHaveBeenLastCalledWith("g0", "");
    press("x");
    expect(onSetColumn).toHaveBeenCalledTimes(2);
    press(" ");
    expect(onToggleColumn).toHaveBeenCalledWith("g0");
    expect(screen.getByRole("columnheader", { name: /^Group 2,/ }).getAttribute("aria-sort")).toBe("descending");
  });

  it("lets one tab to the controls of the head at the cursor only, and back with Esc", async () => {
    const { grid, press } = await open();
    const stops = () => within(grid).getAllByRole("button").filter((one) => one.tabIndex === 0).map((one) => one.textContent);
    expect(stops()).toEqual([]);
    press("ArrowRight");
    press("ArrowRight");
    press("ArrowUp");
    expect(stops()).toEqual(["Set 1"]);
    const control = screen.getByRole("button", { name: "Set 1" });
    control.focus();
    fireEvent.keyDown(control, { key: "Escape" });
    expect(document.activeElement).toBe(grid);
  });

  it("is found well by axe", async () => {
    await open();
    const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
    expect(violations.map((one) => `${one.id}: ${one.nodes[0]?.html ?? ""}`)).toEqual([]);
  });
});
