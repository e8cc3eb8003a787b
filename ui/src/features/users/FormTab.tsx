import { useDeskWords } from "@/bridge/deskWords";
import { useWorkspace } from "@/bridge/reads";
import { FormSection } from "@/kit/FormPanel";
import { MoreFields } from "@/kit/MoreFields";
import { ChoiceRow, DateRow, StatusRow } from "./ChoiceRows";
import { CustomRow } from "./CustomRow";
import { FlagRow } from "./FlagRow";
import type { FormContext, RowProps } from "./formContext";
import { GroupRights } from "./GroupRights";
import type { Drawing, SectionLayout, TabLayout } from "@/bridge/formLayout";
import { ObjectLevels } from "./ObjectLevels";
import { PasswordRow } from "./PasswordRow";
import { AccountRow, AccountsRow, AddressesRow, ManyRow, OneRow } from "./PickRows";
import { TextRow } from "./TextRow";

const ROWS: Record<Drawing, (props: RowProps) => React.ReactNode> = {
  account: AccountRow,
  accounts: AccountsRow,
  addresses: AddressesRow,
  text: TextRow,
  flag: FlagRow,
  choice: ChoiceRow,
  status: StatusRow,
  password: PasswordRow,
  date: DateRow,
  custom: CustomRow,
  one: OneRow,
  many: ManyRow,
  rights: GroupRights,
  levels: ObjectLevels,
};
/** Rows that bring a heading of their own, over the whole width. */
const WIDE: Drawing[] = ["rights", "levels"];

function Row(props: RowProps) {
  const Drawn = ROWS[props.row.draw];
  return <Drawn {...props} />;
}

interface FormTabProps {
  context: FormContext;
  tab: TabLayout;
  /** Whether "More fields" is open. */
  more: boolean;
  onMore: (open: boolean) => void;
}

/** A tab of a person's form: its sections, and what the desk does not take. */
export function FormTab({ context, tab, more, onMore }: FormTabProps) {
  const { t } = useDeskWords();
  const desk = useWorkspace().data?.desk_name ?? "";
  const filled = tab.more.filter((row) => row.fields.some((field) => field.kind !== "flag" && field.kind !== "password" && context.text(field, context.edited.form) !== "")).length;
  return (
    <>
      {tab.sections.map((section) => (
        <Section key={section.name} context={context} section={section} />
      ))}
      {tab.more.length > 0 ? (
        <MoreFields
          title={t("userform.more")}
          aside={filled > 0 ? t("userform.moreFilled", { count: filled }) : undefined}
          text={t("userform.moreText", { desk })}
          open={more}
          onOpen={onMore}
        >
          {tab.more.map((row) => (
            <Row key={row.name} context={context} row={row} />
          ))}
        </MoreFields>
      ) : null}
    </>
  );
}

function Section({ context, section }: { context: FormContext; section: SectionLayout }) {
  const { d, t } = useDeskWords();
  const [first] = section.rows;
  const rows = section.rows.map((row) => <Row key={row.name} context={context} row={row} />);
  if (first && section.rows.length === 1 && WIDE.includes(first.draw)) return rows;
  const title = d(`section.${section.name}`);
  const own = section.rows.every((row) => row.fields.every((field) => field.own));
  const silent = section.rows.length === 1 && first !== undefined && d(`field.${first.name}`) === title;
  return (
    <FormSection title={title} silent={silent} aside={own ? <span>{t("userform.ownMark")}</span> : undefined}>
      {rows}
    </FormSection>
  );
}
