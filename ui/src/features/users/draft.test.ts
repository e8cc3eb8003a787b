import { describe, expect, it } from "vitest";
import type { UserForm } from "@/bridge/types";
import { dirtyFields, rebase, rightOn, withRight } from "./draft";

const saved: UserForm = {
  login: "jana", title: "", first_name: "Jana", last_name: "Nováková", email: "jana@aachen.example", phone: "", mobile: "", fax: "",
  street: "", zip: "", city: "", country: "", description: "", status: "valid", account: "a1", further_accounts: ["a2"],
  groups: [{ group: "g1", permissions: ["ro"] }, { group: "g2", permissions: ["ro", "note"] }],
};

describe("a draft", () => {
  it("differs by field", () => {
    expect(dirtyFields(saved, saved)).toEqual([]);
    expect(dirtyFields(saved, { ...saved, title: "Ing.", account: "a3" })).toEqual(["title", "account"]);
  });
  it("does not differ by the order of rights or by empty ones", () => {
    const same = { ...saved, groups: [{ group: "g2", permissions: ["note", "ro"] }, { group: "g1", permissions: ["ro"] }, { group: "g3", permissions: [] }] };
    expect(dirtyFields(saved, same)).toEqual([]);
  });
  it("is put on top of what somebody else saved", () => {
    const mine = { ...saved, title: "Ing." };
    const theirs = { ...saved, phone: "+49 241 5550", title: "Dr." };
    expect(rebase(saved, theirs, mine)).toEqual({ ...theirs, title: "Ing." });
  });
});

describe("rights", () => {
  it("are replaced, and the desk's own keys stay", () => {
    expect(rightOn(withRight(saved.groups, "g2", "rw"), "g2")).toBe("rw");
    expect(withRight(saved.groups, "g2", "none")).toContainEqual({ group: "g2", permissions: ["note"] });
    expect(withRight(saved.groups, "g1", "none").map((right) => right.group)).toEqual(["g2"]);
  });
  it("of ro and rw side by side count as rw", () => {
    expect(rightOn([{ group: "g", permissions: ["ro", "rw"] }], "g")).toBe("rw");
  });
});
