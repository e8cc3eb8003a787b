import { useWords } from "@/words";
import type { ListEstimate } from "./bindings.gen";
import { useErrorWords } from "./errorWords";
import { useForget } from "./forget";
import type { InterfaceForm } from "./interface";

/** What the fields of an interface show: the form's values, and what reading takes in words. */
export function useInterfaceFields(form: InterfaceForm, desk: string, example: string, disabled: boolean) {
  const { t, tOr, number } = useWords();
  const errorWords = useErrorWords();
  const forget = useForget(form.address, "interface");
  const { told } = form;
  const failed = form.error ? errorWords(form.error) : null;
  const ofList = ({ list, records, before, requests }: ListEstimate) => {
    const asked = requests === null ? t("interface.unknown") : t("interface.requests", { count: requests, number: number(requests) });
    const holds = records === null ? "" : ` ${t(before ? "interface.before" : "interface.records", { number: number(records) })}`;
    return { name: list, text: `${list}${holds}, ${asked}` };
  };
  return {
    address: form.typed,
    onAddress: form.change,
    example,
    token: form.token,
    onToken: form.setToken,
    tokenHint: [tOr(`interface.tokenHint.${desk}`, ""), t("interface.tokenEmpty")].join(" ").trim(),
    keep: form.keep,
    onKeep: form.setKeep,
    ...forget,
    disabled,
    onEstimate: form.address === "" ? null : form.estimate,
    estimating: form.estimating,
    onStop: form.stop,
    told: told ? { head: t(told.open ? "interface.atLeast" : "interface.takes", { count: told.requests, number: number(told.requests) }), lists: told.lists.map(ofList), day: told.day } : null,
    problem: failed ? { title: failed.title, text: failed.text } : null,
  };
}
