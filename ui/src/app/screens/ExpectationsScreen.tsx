import { useNavigate, useSearch } from "@tanstack/react-router";
import { ExpectationsScreen as Expectations } from "@/features/expectations/ExpectationsScreen";
import { useWords } from "@/words";
import { OneZone } from "./OneZone";

/** What the address of the expectations holds. */
export interface ExpectationsSearch {
  /** Id of the person of whose view expectations are made; `choose` while nobody is chosen. */
  from?: string;
}

const NOBODY = "choose";

/** Takes what the address holds, and nothing else. */
export function readExpectationsSearch(raw: Record<string, unknown>): ExpectationsSearch {
  return typeof raw["from"] === "string" && raw["from"] !== "" ? { from: raw["from"] } : {};
}

/** What people are to see, or never to see. */
export function ExpectationsScreen() {
  const { t } = useWords();
  const { from } = useSearch({ from: "/expectations" });
  const navigate = useNavigate({ from: "/expectations" });
  const go = (user: string | null) => void navigate({ search: user === null ? {} : { from: user === "" ? NOBODY : user } });
  return (
    <OneZone label={t("app.screen.expectations")}>
      <Expectations from={from === undefined ? null : from === NOBODY ? "" : from} onFrom={go} />
    </OneZone>
  );
}
