import type { DatabaseLogin, DatabaseSeen, ImportInput, ImportReport, ReadEstimate } from "../bindings.gen";
import { asked, isDatabase, seen } from "./database";
import { reportOf } from "./desk";
import type { FakeDesk } from "./index";
import { Refusal } from "./refusal";
import { tabling } from "./tables";

/** Imports of the fake: of what a desk gives, and of tables. */
export function importing(desk: FakeDesk) {
  const tables = tabling(desk);
  return {
    lookAtTable: tables.look,
    lookAtDatabase: async (address: string, login: DatabaseLogin): Promise<DatabaseSeen> => {
      await desk.work("database", []);
      return seen(address, login);
    },
    estimateReading: async (address: string, login: DatabaseLogin, withTickets: boolean, job: string): Promise<ReadEstimate> => {
      await desk.work(job, []);
      asked(address);
      const list = (name: string, records: number | null, requests: number | null, before = false) => ({ list: name, records, before, requests });
      const tickets = withTickets ? [list("tickets", 1840, 19)] : [];
      return { requests: withTickets ? 27 : 8, open: login.password === null, day: null, lists: [list("contacts", 312, 4, true), list("accounts", 16, 1, true), ...tickets, list("departments", null, null)] };
    },
    importDesk: async (input: ImportInput, job: string, login: DatabaseLogin | null): Promise<ImportReport> => {
      await desk.work(job, [["reading", "external_users", 312], ["reading", "tickets", 1840], ["writing", "tickets", 1840]]);
      if (isDatabase(input.path)) seen(input.path, login);
      if (input.path.includes("broken") || desk.scenario === "badsource") {
        throw new Refusal("bad_source", "The source cannot be read", {
          detail: [
            "customer_user.csv, line 14, column login: the login jana.novakova stands twice (first in line 3)",
            "ticket.csv: the column customer_user_id is missing",
            "queue.csv, line 6, column name: this is not UTF-8",
          ],
        });
      }
      const report = input.table ? tables.read(input, input.table) : reportOf(input.dry_run);
      if (!input.dry_run) {
        if (desk.world?.people.size === 0) desk.world = { ...desk.make("sample"), name: desk.world.name, sample: false };
        desk.tell("workspace", "users", "preview", "plan", "history");
      }
      return report;
    },
  };
}
