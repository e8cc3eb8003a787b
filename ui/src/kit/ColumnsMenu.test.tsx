import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { renderKit } from "../../test/render";
import { axeFindings } from "../../test/withFake";
import { type ColumnChoice, chosenColumns, movedColumn, sameColumns, shownKeys, toggledColumn } from "./columnChoice";
import { ColumnsMenu } from "./ColumnsMenu";
import type { TableColumn } from "./tableColumns";

const column = (key: string, more: Partial<TableColumn<string>> = {}): TableColumn<string> => ({
  key, title: key.toUpperCase(), min: 100, grow: 1, priority: 2, cell: (row) => row, ...more,
});
const columns = [column("name", { priority: 0 }), column("login"), column("phone", { optional: true }), column("city", { optional: true })];

describe("a choice of columns", () => {
  it("begins with those that are not optional", () => {
    expect(shownKeys(columns, null)).toEqual(["name", "login"]);
  });

  it("leaves out what is gone, keeps what cannot leave, and shows nothing twice", () => {
    expect(shownKeys(columns, ["phone", "fax", "phone"])).toEqual(["name", "phone"]);
    expect(chosenColumns(columns, ["city", "name"]).map(({ key }) => key)).toEqual(["city", "name"]);
  });

  it("takes columns in and out, and moves them", () => {
    expect(toggledColumn(["name", "login"], "city")).toEqual(["name", "login", "city"]);
    expect(toggledColumn(["name", "login"], "login")).toEqual(["name"]);
    expect(movedColumn(["a", "b", "c"], "c", -1)).toEqual(["a", "c", "b"]);
    expect(movedColumn(["a", "b", "c"], "c", 1)).toEqual(["a", "b", "c"]);
    expect(movedColumn(["a", "b", "c"], "x", 1)).toEqual(["a", "b", "c"]);
  });

  it("is the same where it shows the same", () => {
    expect(sameColumns(columns, null, ["name", "login"])).toBe(true);
    expect(sameColumns(columns, null, ["login", "name"])).toBe(false);
  });
});

function Chosen({ of = columns }: { of?: TableColumn<string>[] }) {
  const [choice, setChoice] = useState<ColumnChoice>(null);
  return (
    <>
      <ColumnsMenu columns={of} choice={choice} onChoice={setChoice} />
      <output>{choice === null ? "default" : choice.join(" ")}</output>
    </>
  );
}

async function open(of?: TableColumn<string>[]) {
  const user = userEvent.setup();
  const { container } = renderKit(<Chosen of={of} />);
  await user.click(screen.getByRole("button", { name: "Columns" }));
  const list = await screen.findByRole("group", { name: "Columns" });
  return { user, list, chosen: () => container.querySelector("output")?.textContent };
}

const box = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name });

describe("the menu of columns", () => {
  it("shows, hides and moves columns without a mouse", async () => {
    const { user, chosen } = await open();
    box("NAME").focus();
    await user.keyboard("{ArrowDown}");
    expect(document.activeElement).toBe(box("LOGIN"));
    await user.keyboard("{End} ");
    expect(chosen()).toBe("name login city");
    expect(document.activeElement).toBe(box("CITY"));
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    expect(chosen()).toBe("name city login");
    expect(document.activeElement).toBe(box("CITY"));
    expect(screen.getByText("CITY: place 2 of 3")).toBeTruthy();
    await user.keyboard("{Home} ");
    expect(chosen(), "what names a row stays").toBe("name city login");
  });

  it("is one stop of the Tab key", async () => {
    const { list } = await open();
    const stops = within(list).getAllByRole("checkbox").filter((one) => one.tabIndex === 0);
    expect(stops).toHaveLength(1);
  });

  it("moves by its buttons and goes back to the beginning", async () => {
    const { user, chosen } = await open();
    await user.click(screen.getByRole("button", { name: "Move NAME to the right" }));
    expect(chosen()).toBe("login name");
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Move NAME to the right" }).disabled).toBe(true);
    await user.click(screen.getByRole("button", { name: "Default" }));
    expect(chosen()).toBe("default");
  });

  it("finds one of many, and axe finds nothing", async () => {
    const many = [...columns, ...Array.from({ length: 20 }, (_, step) => column(`more${step}`, { optional: true }))];
    const { user, chosen } = await open(many);
    await user.type(screen.getByRole("textbox", { name: "Find a column" }), "more17{ArrowDown}");
    await waitFor(() => expect(document.activeElement).toBe(box("MORE17")));
    await user.keyboard(" ");
    expect(chosen()).toBe("name login more17");
    expect(await axeFindings()).toEqual([]);
  });
});
