import { Button } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { useCallback, useState } from "react";
import { useDeskWords } from "@/bridge/deskWords";
import { useDeskForm, useGroupFacet, useGroups, useUserFacets } from "@/bridge/reads";
import { type Facet, FacetPick } from "@/kit/FacetPick";
import { FilterTabs } from "@/kit/FilterTabs";
import { SearchField } from "@/kit/SearchField";
import { useWords } from "@/words";
import type { People } from "./people";
import { capital } from "./userColumns";
import type { Gone } from "./useUserViews";
import classes from "./UserList.module.css";

interface UserFiltersProps {
  query: People;
  onQuery: (query: People) => void;
  /** What people call the accounts and groups of the query, by id. */
  names: Record<string, string>;
  gone: Gone;
}

/** What is chosen stays in sight, also when nobody has it. */
function withChosen(facets: readonly Facet[], chosen: string[], names: Record<string, string>): Facet[] {
  const missing = chosen.filter((id) => names[id] !== undefined && !facets.some(({ value }) => value === id));
  return [...facets, ...missing.map((id) => ({ value: id, label: names[id] ?? id, count: 0 }))];
}

/** Search, facets with counts, and the row of statuses. */
export function UserFilters({ query, onQuery, names, gone }: UserFiltersProps) {
  const { t, d, status } = useDeskWords();
  const statuses = useDeskForm().data?.statuses ?? [];
  const facets = useUserFacets(query).data;
  const search = useCallback((text: string) => onQuery({ ...query, search: text }), [onQuery, query]);
  const tab = query.changed ? "changed" : (query.status[0] ?? "all");
  return (
    <>
      <div className={classes.filters}>
        <SearchField label={t("users.search")} value={query.search} onChange={search} />
        <FacetPick
          label={d("field.account")}
          facets={withChosen(facets?.accounts ?? [], query.accounts, names)}
          value={query.accounts}
          onChange={(accounts) => onQuery({ ...query, accounts })}
        />
        <GroupFacet query={query} onQuery={onQuery} names={names} />
      </div>
      <FilterTabs
        label={d("field.status")}
        value={tab}
        tabs={[
          { value: "all", label: t("users.all"), count: facets?.all },
          ...statuses.map((value) => ({
            value,
            label: capital(status(value)),
            count: facets && (facets.status.find((facet) => facet.value === value)?.count ?? 0),
          })),
          { value: "changed", label: t("users.changed"), count: facets?.changed },
        ]}
        onChange={(next) => onQuery({ ...query, changed: next === "changed", status: next === "all" || next === "changed" ? [] : [next] })}
      />
      <GoneNotice query={query} onQuery={onQuery} gone={gone} />
    </>
  );
}

function GroupFacet({ query, onQuery, names }: Omit<UserFiltersProps, "gone">) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const groups = useGroups().data ?? [];
  const counted = useGroupFacet(query, open).data;
  // Before the counts are there, the groups are.
  const facets = counted ?? groups.map((group) => ({ value: group.id, label: group.name, count: group.people }));
  return (
    <FacetPick
      label={t("users.group")}
      facets={withChosen(facets, query.groups, names)}
      value={query.groups}
      onChange={(chosen) => onQuery({ ...query, groups: chosen })}
      onOpen={setOpen}
    />
  );
}

/** Says that a filter names what is no longer there, and offers to leave it out. */
function GoneNotice({ query, onQuery, gone }: Omit<UserFiltersProps, "names">) {
  const { t } = useWords();
  if (gone.ids.length === 0) return null;
  const there = (id: string) => !gone.ids.includes(id);
  return (
    <div className={classes.gone} role="status">
      <TriangleAlert size={14} strokeWidth={1.8} aria-hidden="true" className={classes.goneIcon} />
      <span className={classes.goneText}>{t("lists.gone", { names: gone.names.join(", ") })}</span>
      <Button variant="subtle" onClick={() => onQuery({ ...query, accounts: query.accounts.filter(there), groups: query.groups.filter(there) })}>
        {t("lists.goneDrop")}
      </Button>
    </div>
  );
}
