import { describe, expect, it } from "vitest";
import { addressOf, pastedColumns, pastedList, pastedRows } from "./pasted";

describe("pasted text", () => {
  it("is one entry a line, whatever ends the lines", () => {
    expect(pastedList("jana\r\nben\n\n  carla  \r")).toEqual(["jana", "ben", "carla"]);
  });

  it("is a list where everything stands on one line", () => {
    expect(pastedList("jana; ben ;carla;")).toEqual(["jana", "ben", "carla"]);
    expect(pastedList("jana\tben")).toEqual(["jana", "ben"]);
  });

  it("keeps commas within names, and takes them between addresses", () => {
    expect(pastedList("Müller, Söhne & Co")).toEqual(["Müller, Söhne & Co"]);
    expect(pastedList("a@x.example, b@x.example")).toEqual(["a@x.example", "b@x.example"]);
  });

  it("has the columns of a spreadsheet, also where cells are empty", () => {
    expect(pastedColumns("Name\tLogin\nJana\tjana\n\tben\nCarla\t")).toEqual([
      ["Name", "Jana", "Carla"],
      ["Login", "jana", "ben"],
    ]);
  });

  it("knows quoted cells with separators, quotes and line breaks in them", () => {
    expect(pastedRows('"Brno; Papír";x\n"say ""hi""";"two\nlines"')).toEqual([
      ["Brno; Papír", "x"],
      ['say "hi"', "two\nlines"],
    ]);
    expect(pastedRows('"jana"\n"ben"')).toEqual([["jana"], ["ben"]]);
  });

  it("takes a lone quote for what it is", () => {
    expect(pastedRows('5" disk\n"open')).toEqual([['5" disk'], ['"open']]);
  });

  it("is nothing where nothing stands", () => {
    expect(pastedColumns(" \n\t\n")).toEqual([]);
    expect(pastedList("")).toEqual([]);
  });

  it("finds the address between brackets", () => {
    expect(addressOf("Jane Novak <jane@acme.example> ")).toBe("jane@acme.example");
    expect(addressOf("jane@acme.example")).toBe("jane@acme.example");
  });
});
