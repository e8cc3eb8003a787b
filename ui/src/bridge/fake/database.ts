import type { Code, DatabaseLogin, DatabaseSeen } from "../bindings.gen";
import { Refusal } from "./refusal";

/** Whether a source is the address of a database. */
export const isDatabase = (source: string): boolean => source.includes("://") && !isInterface(source);

/** Whether a source is the address of an interface. */
export const isInterface = (source: string): boolean => /^https?:/.test(source);

/** Asks an invented interface: names in the address say what stands against it. */
export function asked(address: string): void {
  if (address.includes("nowhere")) throw new Refusal("storage", "The server cannot be reached", { fields: [{ field: "address", code: "interface.unreachable", detail: [["server", "nowhere.example"], ["reason", "no such name"]], message: "", warning: false }] });
}

/** The name of the database that an address leads to. */
export const nameOf = (address: string): string => decodeURIComponent(new URL(address.replace(/^\w+:/, "http:")).pathname.slice(1));

/** Opens an invented database: names in the address and the password say what stands against it. */
export function seen(address: string, login: DatabaseLogin | null): DatabaseSeen {
  const url = new URL(address.replace(/^\w+:/, "http:"));
  const [user, database, password] = [decodeURIComponent(url.username), decodeURIComponent(url.pathname.slice(1)), login?.password ?? null];
  const mysql = address.startsWith("mysql");
  const server = `${url.hostname}:${url.port || (mysql ? "3306" : "5432")}`;
  const stop = (code: Code, field: string, problem: string, values: Record<string, string>) => {
    const message = `The database cannot be opened: ${problem}`;
    throw new Refusal(code, message, { fields: [{ field, code: `database.${problem}`, detail: Object.entries(values), message, warning: false }] });
  };
  if (url.hostname.startsWith("nowhere")) stop("storage", "host", "unreachable", { server, reason: "Connection refused" });
  if (url.hostname.startsWith("plain") && !address.includes("tls=off")) stop("storage", "tls", "no_tls", { server });
  if (password === null && user !== "kept") stop("forbidden", "password", "no_password", { server, user });
  if (password === "wrong") stop("forbidden", "password", "refused", { server, user });
  if (database === "other") stop("not_found", "database", "elsewhere", { database, table: "customer_user", user });
  return { server, version: mysql ? "MariaDB 10.11.6" : "PostgreSQL 15.8", product: "OTOBO", people: 312, tickets: 1840, kept: login?.keep === true && password !== null };
}
