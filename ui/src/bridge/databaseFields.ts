import { useWords } from "@/words";
import { type DatabaseForm, fieldOf, speaksTls, usualPorts } from "./database";
import type { Desk } from "./desks";
import { useErrorWords } from "./errorWords";
import { useForget } from "./forget";
import { pickFile } from "./native";

/** What the fields of a database show: the form's values, and the answer of a test in words. */
export function useDatabaseFields(form: DatabaseForm, kinds: Desk["databases"], disabled: boolean) {
  const { t, number } = useWords();
  const errorWords = useErrorWords();
  const forget = useForget(form.address, "database");
  const { seen } = form;
  const failed = form.error ? errorWords(form.error) : null;
  const keyring = form.keep && form.password !== "" && seen ? [t(seen.kept ? "database.kept" : "database.notKept")] : [];
  return {
    kinds,
    value: form.place,
    onChange: form.change,
    password: form.password,
    onPassword: form.setPassword,
    keep: form.keep,
    onKeep: form.setKeep,
    ...forget,
    tls: speaksTls(form.place),
    usualPort: usualPorts[form.place.kind] ?? "",
    disabled,
    pickAuthority: () => pickFile(t("database.pickAuthority"), [{ name: t("database.authorityKind"), extensions: ["pem", "crt", "cer"] }]),
    onTest: form.address === "" ? null : form.test,
    testing: form.testing,
    answer: seen ? [t("database.seen", { product: seen.product, version: seen.version }), t("database.counts", { people: number(seen.people), tickets: number(seen.tickets) }), ...keyring] : [],
    problem: failed ? { field: fieldOf(form.error), title: failed.title, text: failed.text } : null,
  };
}
