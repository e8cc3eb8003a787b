import { describe, expect, it } from "vitest";
import { type DatabasePlace, addressOf } from "./database";

const place = (more: Partial<DatabasePlace>): DatabasePlace => ({ kind: "postgresql", host: "db.example", port: "", database: "desk", user: "reader", tls: null, authority: "", socket: "", ...more });

describe("the address of a database", () => {
  it("says where, as whom and how, and never the password", () => {
    expect(addressOf(place({}))).toBe("postgres://reader@db.example/desk");
    expect(addressOf(place({ kind: "mysql", port: "3307", user: "re@der", database: "a b" }))).toBe("mysql://re%40der@db.example:3307/a%20b");
    expect(addressOf(place({ host: "2001:db8::1", authority: "/etc/ca & co.pem" }))).toBe("postgres://reader@[2001:db8::1]/desk?ca=%2Fetc%2Fca%20%26%20co.pem");
  });

  it("speaks TLS unless it stays on this machine, or somebody says otherwise", () => {
    expect(addressOf(place({ tls: false }))).toBe("postgres://reader@db.example/desk?tls=off");
    expect(addressOf(place({ tls: true }))).toBe("postgres://reader@db.example/desk");
    expect(addressOf(place({ host: "localhost", authority: "/x.pem" }))).toBe("postgres://reader@localhost/desk");
    expect(addressOf(place({ host: "127.0.0.1", tls: true }))).toBe("postgres://reader@127.0.0.1/desk?tls=on");
    expect(addressOf(place({ host: "localhost.example" }))).not.toContain("tls");
  });

  it("leads to a socket of this machine, with or without a server's name", () => {
    expect(addressOf(place({ host: "", socket: "/run/postgresql" }))).toBe("postgres://reader@localhost/desk?socket=%2Frun%2Fpostgresql");
    expect(addressOf(place({ kind: "mysql", port: "3307", tls: true, authority: "/x.pem", socket: "/run/my sql.sock" }))).toBe("mysql://reader@db.example:3307/desk?socket=%2Frun%2Fmy%20sql.sock");
    expect(addressOf(place({ socket: "run/postgresql" }))).toBe("");
  });

  it("is none while something is missing", () => {
    for (const missing of ["host", "database", "user"]) expect(addressOf(place({ [missing]: " " }))).toBe("");
  });
});
