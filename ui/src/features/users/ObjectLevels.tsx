import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useDeskWords } from "@/bridge/deskWords";
import { FormRow, FormSection } from "@/kit/FormPanel";
import { MultiPick } from "@/kit/MultiPick";
import { PickList } from "@/kit/PickList";
import { Segments } from "@/kit/Segments";
import type { RowProps } from "./formContext";
import { ObjectTree } from "./ObjectTree";
import { useRow } from "./useRow";
import classes from "./FormRows.module.css";

/** Objects of the portal with the person's level on each, in the order of the portal's tree. */
export function ObjectLevels({ context, row }: RowProps) {
  const { d, t, number } = useDeskWords();
  const { desk, edited, names } = context;
  const { label, ...shared } = useRow(context, row);
  const entity = row.fields[0]?.entity ?? "";
  const held = edited.form.objects;
  const [weakest = "view"] = desk.levels;
  const before = (id: string) => edited.base.form.objects.find((right) => right.object === id)?.level;
  const levelOf = (id: string) => held.find((right) => right.object === id)?.level ?? weakest;
  // A desk that knows the objects shows them as they lie; elsewhere there is nothing but what is held.
  const [tree, setTree] = useState(row.fields[0]?.known === true);
  const inOrder = held.map((right) => names.nameOf(entity, right.object)).sort((a, b) => (a.key ?? a.label).localeCompare(b.key ?? b.label));
  return (
    <FormSection
      title={label}
      aside={
        <Segments
          compact
          name="objects-as"
          label={t("userform.objectsAs")}
          value={tree ? "tree" : "list"}
          segments={[
            { value: "tree", label: t("userform.objectsTree") },
            { value: "list", label: t("userform.objectsList", { count: held.length, number: number(held.length) }) },
          ]}
          onChange={(next) => setTree(next === "tree")}
        />
      }
    >
      {tree ? <ObjectTree context={context} /> : null}
      <FormRow {...shared} label={d("objectsPicked")}>
        {(ids) =>
          tree ? (
            <MultiPick
              ids={ids}
              value={[]}
              without={inOrder}
              search={names.searchIn(entity)}
              onChange={(choices) => edited.change({ objects: [...held, ...choices.map(({ value }) => ({ object: value, level: weakest }))] })}
            />
          ) : (
            <PickList
              ids={ids}
              value={inOrder}
              search={names.searchIn(entity)}
              none={t("userform.noObjects")}
              onAdd={(choices) => edited.change({ objects: [...held, ...choices.map(({ value }) => ({ object: value, level: weakest }))] })}
              onRemove={(choice) => edited.change({ objects: held.filter((right) => right.object !== choice.value) })}
              changed={(choice) => before(choice.value) !== levelOf(choice.value)}
            >
              {(choice) => (
                <NativeSelect
                  size="xs"
                  className={classes.level}
                  aria-label={t("userform.levelOn", { object: choice.label })}
                  value={levelOf(choice.value)}
                  data={desk.levels.map((value) => ({ value, label: d(`level.${value}`) }))}
                  onChange={(event) => {
                    const level = event.currentTarget.value;
                    edited.change({ objects: held.map((right) => (right.object === choice.value ? { ...right, level } : right)) });
                  }}
                />
              )}
            </PickList>
          )
        }
      </FormRow>
    </FormSection>
  );
}
