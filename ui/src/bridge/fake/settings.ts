import type { FieldProblem, SettingInput, SettingValue } from "../bindings.gen";
import all from "./settings.gen.json";

const described = all as unknown as Record<string, SettingValue[]>;

/** What the desks of the fake have set; the rest nobody has said. */
const GIVEN: Record<string, Record<string, unknown>> = {
  otobo: {
    database: "postgresql",
    CustomerGroupSupport: true,
    CustomerGroupAlwaysGroups: ["users"],
    CustomerGroupCompanyAlwaysGroups: ["users"],
    "Ticket::Frontend::CustomerDisableCompanyTicketAccess": false,
    "CustomerGroupPermissionContext###100-CustomerID-other": false,
    "Ticket::Type": false,
    "Ticket::Service": false,
    "Portico::NothingElseDecides": true,
  },
  daktela: { "Portal::Instance": "support.northwind.example" },
  elma365: { "Portal::Active": true, "Portal::LicencesEnabled": true, "Portico::LicencesTotal": 320 },
  innosoft: { "Portal::ForwardToGroup": true, "Portal::Medium": "Portal", "Portal::DashboardTabs": ["service_documents", "machines"] },
  zoho: { "Portal::Access": "all", "Portal::LoginToSubmit": true, "Portal::AddRequestWidget": true },
};

/** What the scenario "unknown" has not been told. */
const UNTOLD = new Set([
  "database",
  "CustomerGroupSupport",
  "Ticket::Frontend::CustomerDisableCompanyTicketAccess",
  "Portal::Access",
  "Portal::Active",
  "Portal::LicencesEnabled",
]);

/** The settings of a desk with what is known of them. */
export function settingsOf(desk: string, known: boolean): SettingValue[] {
  return (described[desk] ?? []).map((setting): SettingValue => {
    const value = GIVEN[desk]?.[setting.name];
    if (value === undefined || (!known && UNTOLD.has(setting.name))) return setting;
    return { ...setting, value: JSON.stringify(value), origin: setting.name.startsWith("Portico::") ? "confirmed" : "desk" };
  });
}

/** The settings with some of them given, confirmed or forgotten. */
export function withSettings(settings: SettingValue[], inputs: SettingInput[]): SettingValue[] {
  return settings.map((setting): SettingValue => {
    const input = inputs.find((one) => one.name === setting.name);
    return input ? { ...setting, value: input.value, origin: input.value === null ? null : "confirmed" } : setting;
  });
}

/** The names of settings that must be given before it can be told who sees what. */
export function missingOf(settings: SettingValue[]): string[] {
  return settings.filter((setting) => setting.decides && setting.value === null && !setting.assumed).map((setting) => setting.name);
}

/** What does not fit, as far as the window lets it through. */
export function misfits(settings: SettingValue[], inputs: SettingInput[]): FieldProblem[] {
  const problem = (setting: SettingValue, code: string, detail: [string, string][] = []): FieldProblem => ({
    field: setting.name, code, detail, message: code, warning: false,
  });
  return inputs.flatMap((input) => {
    const setting = settings.find((one) => one.name === input.name);
    if (!setting || input.value === null) return [];
    const value = JSON.parse(input.value) as unknown;
    if (setting.kind === "number" && !(typeof value === "number" && Number.isInteger(value) && value >= setting.least && value <= setting.most)) {
      return [problem(setting, "problem.setting.number", [["least", String(setting.least)], ["most", String(setting.most)]])];
    }
    if (typeof value === "string" && value !== value.trim()) return [problem(setting, "problem.setting.line")];
    return [];
  });
}
