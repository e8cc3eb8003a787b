import { describe, expect, it } from "vitest";
import forms from "./fake/forms.gen.json";
import type { DeskForm } from "./types";
import { layoutOf, placeOf } from "./formLayout";

const all = Object.values(forms as unknown as Record<string, DeskForm>);

describe.each(all.map((form) => [form.desk, form] as const))("the form of %s", (_, form) => {
  const tabs = layoutOf(form);
  it("has every field once, known ones in sight, the others behind More fields", () => {
    const rows = tabs.flatMap((tab) => [...tab.sections.flatMap((section) => section.rows), ...tab.more]);
    const drawn = new Set(rows.flatMap((row) => row.fields.map((field) => field.name)));
    expect([...drawn].sort()).toEqual(form.user.fields.map((field) => field.name).sort());
    expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length);
    for (const field of form.user.fields.filter((each) => each.name !== "invited")) {
      expect(placeOf(tabs, field.name).more, field.name).toBe(!field.known);
    }
  });
  it("has no tab without a field that the desk takes", () => {
    for (const tab of tabs) expect(tab.sections.length, tab.name).toBeGreaterThan(0);
    expect(new Set(tabs.map((tab) => tab.name)).size).toBe(tabs.length);
  });
});

const of = (desk: string) => layoutOf(all.find((form) => form.desk === desk) as DeskForm);

describe("fields that are set together", () => {
  it("share a row where the desk knows both, and stand alone otherwise", () => {
    const rows = of("zoho").flatMap((tab) => tab.sections.flatMap((section) => section.rows));
    expect(rows.find((row) => row.name === "account")?.draw).toBe("account");
    expect(rows.find((row) => row.name === "further_accounts")?.draw).toBe("accounts");
    expect(placeOf(of("zoho"), "seen_accounts").row).toBe("account");
    expect(of("otobo").flatMap((tab) => tab.sections.flatMap((section) => section.rows)).find((row) => row.name === "account")?.draw).toBe("one");
    expect(placeOf(of("innosoft"), "write_addresses")).toEqual({ tab: "access", more: false, row: "read_addresses" });
  });
  it("of an invitation stand with the password where the desk invites", () => {
    expect(placeOf(of("elma365"), "invited")).toEqual({ tab: "identity", more: false, row: "password" });
    expect(placeOf(of("daktela"), "invited").more).toBe(true);
  });
});
