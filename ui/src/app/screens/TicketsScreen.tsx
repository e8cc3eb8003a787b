import { useElementSize } from "@mantine/hooks";
import { Button } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ArrowLeft, Ticket } from "lucide-react";
import { TicketList } from "@/features/tickets/TicketList";
import { HeatView } from "@/features/tickets/HeatView";
import { WhoZone } from "@/features/tickets/WhoZone";
import { EmptyState } from "@/kit/EmptyState";
import { Segments } from "@/kit/Segments";
import { SplitView, type Zone } from "@/kit/SplitView";
import { useWords } from "@/words";
import { usePreferences } from "../state/preferences";
import { OneZone } from "./OneZone";
import classes from "./UsersScreen.module.css";

/** What the address of the tickets holds. */
export interface TicketsSearch {
  /** Number of the open ticket. */
  number?: string;
  /** What is searched for. */
  q?: string;
  /** `accounts` for the table of what accounts see. */
  view?: string;
  /** Which accounts it has. */
  a?: string;
  /** Which groups, queues, addresses or apps. */
  g?: string;
}

/** Takes what the address holds, and nothing else. */
export function readTicketsSearch(raw: Record<string, unknown>): TicketsSearch {
  const known = (["number", "q", "view", "a", "g"] as const).map((name) => [name, raw[name]] as const).filter(([, value]) => typeof value === "string" && value !== "");
  return Object.fromEntries(known) as TicketsSearch;
}

/** Narrower than this, list and people take turns, in pixels. */
const TWO_ZONES = 640;

/** All tickets, and who can see the one that is open; or what each account sees. */
export function TicketsScreen() {
  const search = useSearch({ from: "/tickets" });
  const navigate = useNavigate({ from: "/tickets" });
  const { preferences, change } = usePreferences();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const { t } = useWords();
  const go = (next: TicketsSearch) => void navigate({ search: next });
  const views = (
    <Segments
      name="tickets-view"
      label={t("heat.view")}
      value={search.view === "accounts" ? "accounts" : "tickets"}
      segments={[
        { value: "tickets", label: t("heat.tickets") },
        { value: "accounts", label: t("heat.accounts") },
      ]}
      onChange={(view) => go({ ...search, view: view === "accounts" ? "accounts" : "" })}
    />
  );
  const narrow = width > 0 && width < TWO_ZONES;
  const list: Zone = {
    key: "list",
    label: t("app.zone.list"),
    min: 270,
    preferred: 560,
    children: <TicketList text={search.q ?? ""} onText={(q) => void navigate({ search: (latest) => ({ ...latest, q }) })} open={search.number ?? null} onOpen={(number) => go({ ...search, number })} views={views} />,
  };
  const who: Zone = {
    key: "form",
    label: t("tickets.who"),
    min: 310,
    preferred: 640,
    children: search.number ? (
      <div className={classes.form}>
        {narrow ? (
          <div className={classes.bar}>
            <Button variant="subtle" leftSection={<ArrowLeft size={14} aria-hidden="true" />} onClick={() => go({ q: search.q })}>
              {t("app.toList")}
            </Button>
          </div>
        ) : null}
        <div className={classes.fill}>
          <WhoZone key={search.number} number={search.number} />
        </div>
      </div>
    ) : (
      <EmptyState icon={Ticket} title={t("tickets.nothingOpen")}>
        {t("tickets.nothingOpenText")}
      </EmptyState>
    ),
  };
  if (search.view === "accounts") {
    const toAccount = (id: string) => void navigate({ to: "/records/$entity", params: { entity: "account" }, search: { id } });
    return (
      <OneZone label={t("heat.title")}>
        <HeatView address={search} onAddress={(part) => void navigate({ search: (latest) => ({ ...latest, ...part }), replace: true })} onOpenAccount={toAccount} views={views} />
      </OneZone>
    );
  }
  return (
    <div ref={ref} className={classes.screen}>
      <SplitView zones={narrow ? [search.number ? who : list] : [list, who]} sizes={preferences.sizes} onSizes={(sizes) => change({ sizes })} />
    </div>
  );
}
