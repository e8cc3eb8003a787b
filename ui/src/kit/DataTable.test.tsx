import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { renderKit } from "../../test/render";
import { DataTable } from "./DataTable";
import { type Selection, nothing, selectedCount } from "./selection";
import type { TableColumn } from "./tableColumns";
import { fitColumns } from "./tableColumns";

interface Row {
  id: string;
  name: string;
}

const columns: TableColumn<Row>[] = [
  { key: "name", title: "Name", min: 100, grow: 1, priority: 0, sortable: true, cell: (row) => row.name },
  { key: "id", title: "Key", min: 100, grow: 0, priority: 2, cell: (row) => row.id },
];
const TOTAL = 100_000;
const page = (offset: number, limit: number) =>
  Promise.resolve({
    total: TOTAL,
    rows: Array.from({ length: Math.min(limit, TOTAL - offset) }, (_, step) => ({ id: `k${offset + step}`, name: `Person ${offset + step}` })),
  });

interface ListProps {
  load?: typeof page;
  onOpen?: (row: Row) => void;
  onSort?: (sort: { key: string; descending: boolean }) => void;
  selectable?: boolean;
  pageKey?: string;
}

function List({ load = page, onOpen, onSort, selectable = false, pageKey = "a" }: ListProps) {
  const [selection, setSelection] = useState<Selection>(nothing);
  return (
    <>
      <DataTable<Row>
        label="People"
        columns={columns}
        pageKey={["list", pageKey]}
        loadPage={load}
        rowId={(row) => row.id}
        onOpen={onOpen}
        sort={{ key: "name", descending: false }}
        onSort={onSort}
        selection={selectable ? selection : undefined}
        onSelection={selectable ? setSelection : undefined}
        empty={<p>nobody</p>}
        failed={(_, retry) => <button onClick={retry}>again</button>}
      />
      <output>{selection.all ? `all but ${[...selection.except].sort().join(" ")}`.trim() : [...selection.ids].sort().join(" ")}</output>
      <output data-testid="count">{selectedCount(selection, TOTAL)}</output>
    </>
  );
}

async function open(part = <List />) {
  const drawn = renderKit(part);
  const grid = await screen.findByRole("grid", { name: "People" });
  await screen.findByText("Person 0");
  grid.focus();
  return { ...drawn, grid, user: userEvent.setup() };
}

const activeRow = (grid: HTMLElement) => document.getElementById(grid.getAttribute("aria-activedescendant") ?? "")?.getAttribute("aria-rowindex");

describe("DataTable", () => {
  it("tells how many rows there are and draws only those in sight", async () => {
    const { grid } = await open();
    expect(grid.getAttribute("aria-rowcount")).toBe(String(TOTAL + 1));
    expect(within(grid).getAllByRole("row").length).toBeLessThan(60);
  });

  it("moves by arrows, pages, Home and End", async () => {
    const { grid, user } = await open();
    expect(activeRow(grid)).toBe("2");
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(activeRow(grid)).toBe("4");
    await user.keyboard("{ArrowUp}");
    expect(activeRow(grid)).toBe("3");
    await user.keyboard("{PageDown}");
    expect(Number(activeRow(grid))).toBeGreaterThan(3);
    await user.keyboard("{End}");
    expect(activeRow(grid)).toBe(String(TOTAL + 1));
    await user.keyboard("{ArrowDown}");
    expect(activeRow(grid)).toBe(String(TOTAL + 1));
    await user.keyboard("{Home}");
    expect(activeRow(grid)).toBe("2");
  });

  it("asks only for the pages in sight, also far down", async () => {
    const load = vi.fn(page);
    const { grid } = await open(<List load={load} />);
    expect(load.mock.calls.map(([offset]) => offset)).toEqual([0]);
    await act(async () => {
      Object.defineProperty(grid, "scrollTop", { configurable: true, value: 50_000 * 30 });
      fireEvent.scroll(grid);
    });
    await screen.findByText("Person 50000");
    const offsets = new Set(load.mock.calls.map(([offset]) => offset));
    expect(offsets.has(50_000)).toBe(true);
    expect(offsets.size).toBeLessThan(5);
  });

  it("opens by Enter and by click", async () => {
    const onOpen = vi.fn();
    const { user } = await open(<List onOpen={onOpen} />);
    await user.keyboard("{ArrowDown}{Enter}");
    expect(onOpen).toHaveBeenLastCalledWith({ id: "k1", name: "Person 1" });
    await user.click(screen.getByText("Person 3"));
    expect(onOpen).toHaveBeenLastCalledWith({ id: "k3", name: "Person 3" });
  });

  it("selects by Space and extends by Shift", async () => {
    const { user, container } = await open(<List selectable />);
    const chosen = () => container.querySelector("output")?.textContent;
    await user.keyboard("{ArrowDown} ");
    expect(chosen()).toBe("k1");
    await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
    expect(chosen()).toBe("k1 k2 k3");
    await user.keyboard(" ");
    expect(chosen()).toBe("k1 k2");
    await user.click(screen.getByRole("checkbox", { name: "Select row 1" }));
    expect(chosen()).toBe("k0 k1 k2");
    await user.keyboard("{Shift>}");
    await user.click(screen.getByText("Person 4"));
    await user.keyboard("{/Shift}");
    expect(chosen()).toBe("k0 k1 k2 k3 k4");
  });

  it("selects a range whose rows were never in sight", async () => {
    const load = vi.fn(page);
    const { user, container } = await open(<List selectable load={load} />);
    const chosen = () => container.querySelector("output")?.textContent;
    await user.keyboard("{ArrowDown} {Shift>}{End}{/Shift}");
    await waitFor(() => expect(screen.getByTestId("count").textContent).toBe(String(TOTAL - 1)));
    expect(chosen()?.startsWith("k1 k10 ")).toBe(true);
    expect(Math.max(...load.mock.calls.map(([, limit]) => limit))).toBe(1000);
  });

  it("takes everything by Ctrl A, leaves single rows out, and lets go by Escape", async () => {
    const { user, container, grid } = await open(<List selectable />);
    const chosen = () => container.querySelector("output")?.textContent;
    await user.keyboard("{Control>}a{/Control}");
    expect(chosen()).toBe("all but");
    expect(screen.getByTestId("count").textContent).toBe(String(TOTAL));
    await user.keyboard("{ArrowDown} ");
    expect(chosen()).toBe("all but k1");
    expect(within(grid).getAllByRole("row")[2]?.getAttribute("aria-selected")).toBe("false");
    expect(within(grid).getAllByRole("row")[3]?.getAttribute("aria-selected")).toBe("true");
    await user.keyboard(" ");
    expect(chosen()).toBe("all but");
    await user.keyboard("{Escape}");
    expect(chosen()).toBe("");
  });

  it("selects by the head what is shown, and lets go of it again", async () => {
    const { user, container } = await open(<List selectable />);
    const chosen = () => container.querySelector("output")?.textContent ?? "";
    const head = screen.getByRole<HTMLInputElement>("checkbox", { name: "Select all rows shown" });
    await user.click(head);
    const count = Number(screen.getByTestId("count").textContent);
    expect(count).toBeGreaterThan(5);
    expect(count).toBeLessThan(60);
    expect(head.checked).toBe(true);
    await user.click(head);
    expect(chosen()).toBe("");
  });

  it("keeps chosen columns where there is no room for them", async () => {
    const wide: TableColumn<Row>[] = [...columns, { key: "more", title: "More", min: 2000, grow: 0, priority: 9, cell: () => "x" }];
    const table = (keep: boolean) => (
      <DataTable<Row> label="Wide" columns={wide} keepColumns={keep} pageKey={["wide"]} loadPage={page} rowId={(row) => row.id} empty={null} failed={() => null} />
    );
    const { again } = renderKit(table(false));
    await screen.findByText("Person 0");
    expect(screen.queryByRole("columnheader", { name: "More" })).toBeNull();
    again(table(true));
    expect(screen.getByRole("columnheader", { name: "More" })).toBeTruthy();
  });

  it("sorts by the head, and turns the order on the second press", async () => {
    const onSort = vi.fn();
    const { user } = await open(<List onSort={onSort} />);
    expect(screen.getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort")).toBe("ascending");
    await user.click(screen.getByRole("button", { name: "Name" }));
    expect(onSort).toHaveBeenCalledWith({ key: "name", descending: true });
  });

  it("keeps the old rows until the new list is there", async () => {
    let arrive: (value: { total: number; rows: Row[] }) => void = () => undefined;
    const late = () => new Promise<{ total: number; rows: Row[] }>((resolve) => (arrive = resolve));
    const { again, grid } = await open();
    again(<List pageKey="b" load={late} />);
    expect(screen.getByText("Person 0")).toBeTruthy();
    expect(grid.getAttribute("aria-busy")).toBe("true");
    await act(async () => arrive({ total: 1, rows: [{ id: "x", name: "Only one" }] }));
    await screen.findByText("Only one");
    expect(screen.queryByText("Person 0")).toBeNull();
  });

  it("says that there is nobody, and that it failed, with another try", async () => {
    const drawn = renderKit(<List load={() => Promise.resolve({ total: 0, rows: [] })} />);
    await screen.findByText("nobody");
    drawn.unmount();
    let broken = true;
    renderKit(<List load={(offset, limit) => (broken ? Promise.reject(new Error("disk")) : page(offset, limit))} />);
    const again = await screen.findByRole("button", { name: "again" });
    broken = false;
    fireEvent.click(again);
    await waitFor(() => expect(screen.getByText("Person 0")).toBeTruthy());
  });

  it("lets the least important columns go where it is narrow", () => {
    expect(fitColumns(columns, 400).map((column) => column.key)).toEqual(["name", "id"]);
    expect(fitColumns(columns, 150).map((column) => column.key)).toEqual(["name"]);
    expect(fitColumns(columns, 20).map((column) => column.key)).toEqual(["name"]);
  });
});
