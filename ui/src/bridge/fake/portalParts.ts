import type { HomePart, PortalPart, PreviewList, Reason, UserForm } from "../bindings.gen";
import { settingOf } from "./access";
import type { World } from "./world";

const why = (rule: string, standing = "D"): Reason => ({ rule, text: rule, standing, facts: [], assumed: standing === "A" ? [rule] : [] });
const TABS = ["service_documents", "machines", "service_assignments", "maintenance_contracts", "sales_quotations"];

/** The tabs of Innosoft's dashboard. */
export function homeOf(world: World, form: UserForm): HomePart[] {
  if (world.desk !== "innosoft") return [];
  const tabs = settingOf<string[]>(world, "Portal::DashboardTabs");
  const tab = (name: string): HomePart => {
    const hidden = form.address === "" ? "innosoft.home.dashboard.address" : name === "machines" && !form.right_machines ? "innosoft.machine.basic" : null;
    if (hidden) return { name, shown: false, reason: why(hidden, hidden.endsWith("address") ? "A" : "D") };
    return { name, shown: tabs?.includes(name) ?? null, reason: why("innosoft.home.dashboard") };
  };
  return [{ name: "ContactPerson", shown: form.right_contact_person, reason: why("innosoft.home.contact_person") }, ...TABS.map(tab)];
}

/** Pages, buttons and apps of ELMA365; the partners' are hidden from those who are none. */
export function partsOf(world: World, form: UserForm, saved: UserForm | null, list: PreviewList): PortalPart[] {
  if (world.desk !== "elma365") return [];
  const isPartner = (of: UserForm) => of.groups.some((right) => right.group === "g1");
  const part = (path: string, kind: string, page: string, partners: boolean): PortalPart => {
    const shown = !partners || isPartner(form);
    const before = saved === null ? shown : !partners || isPartner(saved);
    const rule = kind === "page" ? "elma365.page.everybody" : kind === "app" ? "elma365.app" : "elma365.button";
    return {
      key: path, path, name: path.split("/").at(-1) ?? path, kind, page, shown,
      reason: why(rule, kind === "app" ? "D" : "A"),
      right: shown && kind !== "page" ? { level: "view", through: "group", group: partners ? "Partners" : "External users", from: partners ? "" : "portal" } : null,
      items: kind === "app" && shown ? list : null,
      change: shown === before ? "" : shown ? "gained" : "lost",
    };
  };
  return [
    part("portal/home", "page", "", false), part("portal/home/new", "button", "portal/home", false), part("portal/home/contract", "button", "portal/home", true),
    part("portal/figures", "page", "", false), part("portal/figures/how many requests of all warehouses are open this quarter", "widget", "portal/figures", true),
    part("service/requests", "app", "", false), part("contracts/files", "app", "", true),
  ];
}
