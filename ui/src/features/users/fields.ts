import type { TextField } from "./draft";

/** Sections of the identity tab with their plain text fields, in the order of the form. */
export const sections: { key: "person" | "signIn" | "contact" | "remark"; fields: TextField[] }[] = [
  { key: "person", fields: ["title", "first_name", "last_name"] },
  { key: "signIn", fields: ["login", "email", "status"] },
  { key: "contact", fields: ["phone", "mobile", "fax", "street", "zip", "city", "country"] },
  { key: "remark", fields: ["description"] },
];

/** Validities in the order in which they are offered. */
export const validities = ["valid", "invalid-temporarily", "invalid"] as const;

/** The tab on which a field is. */
export function tabOf(field: string): "identity" | "access" {
  return ["account", "further_accounts", "groups"].includes(field) ? "access" : "identity";
}
