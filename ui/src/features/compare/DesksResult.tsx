import type { Exposure } from "@/bridge/types";
import { Consequence } from "@/kit/Consequence";
import { AccountsTable, Doubtful, PeopleTable, PlacesTable } from "@/kit/EffectTables";
import { useWords } from "@/words";
import classes from "./Desks.module.css";

/** Who would see more or less by the rules of another desk. */
export function DesksResult({ found, desk, onPerson }: { found: Exposure; desk: string; onPerson: (person: { id: string; name: string }) => void }) {
  const { t } = useWords();
  const effect = { ...found, broken: [] };
  return (
    <>
      <Consequence title={t("elsewhere.with", { desk })} effect={effect} working={null} brief />
      {found.affected === 0 && found.complete ? <p className={classes.muted}>{t("elsewhere.asOne")}</p> : null}
      <PeopleTable
        effect={effect}
        login="elsewhere.login"
        action={{ head: t("elsewhere.column.there"), label: t("elsewhere.open"), labelOf: (name) => t("elsewhere.openPerson", { name }), run: onPerson }}
      />
      <AccountsTable effect={effect} />
      <PlacesTable effect={effect} />
      <Doubtful effect={effect} />
    </>
  );
}
