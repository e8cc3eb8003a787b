import { describe, expect, it } from "vitest";
import type { UserForm } from "@/bridge/types";
import { emptyForm } from "@/bridge/fake/world";
import { dirtyFields, ownKeysOn, rebase, rightOn, sameRight, withOwnKey, withRight } from "./draft";

const saved: UserForm = {
  ...emptyForm,
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
    expect(rebase(saved, theirs, { ...mine, city: "Aachen" }, new Set(["title"]))).toEqual({ ...theirs, city: "Aachen" });
  });
});

describe("rights", () => {
  const keys = ["ro", "rw"];
  it("are replaced, and the desk's own keys stay", () => {
    expect(rightOn(withRight(saved.groups, "g2", "rw", keys), "g2", keys)).toBe("rw");
    expect(withRight(saved.groups, "g2", "none", keys)).toContainEqual({ group: "g2", permissions: ["note"] });
    expect(withRight(saved.groups, "g1", "none", keys).map((right) => right.group)).toEqual(["g2"]);
  });
  it("of ro and rw side by side count as rw", () => {
    expect(rightOn([{ group: "g", permissions: ["ro", "rw"] }], "g", keys)).toBe("rw");
  });
  it("of one kind alone are there or not", () => {
    expect(withRight([], "g", "member", ["member"])).toEqual([{ group: "g", permissions: ["member"] }]);
    expect(rightOn([], "g", ["member"])).toBe("none");
  });
  it("of the desk's own stand beside the usual ones", () => {
    const noted = withOwnKey(saved.groups, "g1", "note", true);
    expect(noted).toContainEqual({ group: "g1", permissions: ["ro", "note"] });
    expect(ownKeysOn(noted, "g1", keys)).toEqual(["note"]);
    expect(sameRight(withOwnKey(noted, "g1", "note", false), saved.groups, "g1")).toBe(true);
    expect(sameRight(noted, saved.groups, "g1")).toBe(false);
  });
});
