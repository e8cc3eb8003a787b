import { Button } from "@mantine/core";
import { useDeskWords } from "@/bridge/deskWords";
import { type FieldNote, FormRow } from "@/kit/FormPanel";
import { settingsHref } from "@/features/workspace/paths";
import { RadioList } from "@/kit/RadioList";
import { SecretField } from "@/kit/SecretField";
import { StandingBadge } from "@/kit/StandingBadge";
import { DayField } from "@/kit/DayField";
import type { FormContext, RowProps } from "./formContext";
import type { FormRowLayout } from "@/bridge/formLayout";
import { today } from "@/kit/days";
import { NOT_KEPT } from "./typedPassword";
import { useRow } from "./useRow";
import classes from "./FormRows.module.css";

const INVITATION = "invitation";
const TYPED = "typed";

/** What is to become of the password, by the desk's ways; beside an invitation its day. */
export function PasswordRow({ context, row }: RowProps) {
  const { desk, edited } = context;
  const [password, invited] = row.fields;
  const shared = useRow(context, { ...row, fields: row.fields.slice(0, 1) });
  const options = useWays(context);
  if (!password) return null;
  const typing = edited.form.password === TYPED && context.sealed;
  const rule = <Rule context={context} hint={shared.hint} />;
  const invite = () => edited.change({ password: INVITATION, invited: today() });
  return (
    <>
      <FormRow {...shared} group notes={typing ? [] : shared.notes} hint={typing ? shared.hint : rule}>
        {(ids) => (
          <RadioList
            ids={ids}
            value={edited.form.password}
            options={options}
            onChange={(way) => (way === INVITATION && invited ? invite() : edited.change({ password: way }))}
          />
        )}
      </FormRow>
      {typing ? <TypedRow context={context} notes={shared.notes} /> : null}
      {invited ? <InvitedRow context={context} row={{ name: "invited", draw: "date", fields: [invited] }} offered={desk.password.ways.includes(INVITATION)} onInvite={invite} /> : null}
    </>
  );
}

function useWays({ desk, edited, sealed }: FormContext) {
  const { d } = useDeskWords();
  const { has_password: has, id } = edited.base;
  const ways = desk.password.ways.includes(edited.form.password) ? desk.password.ways : [...desk.password.ways, edited.form.password];
  return ways.map((value) => {
    const disabled = value === TYPED && !sealed;
    if (value === "unchanged") {
      const state = d(`hasPassword.${has === null ? "unknown" : has ? "set" : "none"}`);
      return { value, label: d(id === "" ? "wayNew.unchanged" : "way.unchanged"), hint: id === "" ? d("wayNew.hint") : `${state} ${d("wayHint.unchanged")}`, disabled };
    }
    const locked = (
      <>
        {d("wayHint.typedLocked")} <a href={settingsHref} className={classes.link}>{d("wayHint.typedSettings")}</a>
      </>
    );
    return { value, label: d(`way.${value}`), hint: disabled ? locked : d(`wayHint.${value}`), disabled };
  });
}

/** The password itself: hidden, and in no draft. What is wrong with it stands beside it as it is typed. */
function TypedRow({ context, notes }: { context: FormContext; notes: FieldNote[] }) {
  const { d } = useDeskWords();
  const { edited } = context;
  const kept = edited.base.form.password === TYPED && !edited.base.problems.some((problem) => problem.code === NOT_KEPT);
  return (
    <FormRow
      name="password_typed"
      label={d("typed.label")}
      required={!kept}
      notes={notes}
      hint={
        <>
          {kept ? `${d("typed.kept")} ` : null}
          <Rule context={context} hint={undefined} />
        </>
      }
    >
      {(ids) => <SecretField ids={ids} isNew value={edited.typed} onChange={edited.setTyped} onEscape={() => edited.setTyped("")} />}
    </FormRow>
  );
}

/** The desk's rule for passwords, with how well it is known where it is only assumed. */
function Rule({ context, hint }: { context: FormContext; hint: string | undefined }) {
  const { d } = useDeskWords();
  const { min, mixed, standing, ways } = context.desk.password;
  if (!ways.includes("initial") && !ways.includes("typed")) return hint ?? null;
  const rules = [hint, min > 0 ? d("passwordRule.min", { min }) : undefined, mixed ? d("passwordRule.mixed") : undefined].filter(Boolean).join(" ");
  const assumed = standing === "A";
  if (rules === "" && !assumed) return null;
  return (
    <>
      {rules === "" ? d("passwordRule.none") : rules} {assumed ? <StandingBadge standing={standing} /> : null}
    </>
  );
}

function InvitedRow({ context, row, offered, onInvite }: { context: FormContext; row: FormRowLayout; offered: boolean; onInvite: () => void }) {
  const { d } = useDeskWords();
  const shared = useRow(context, row);
  const { invited } = context.edited.form;
  return (
    <FormRow {...shared}>
      {(ids) => (
        <div className={classes.beside}>
          <DayField ids={ids} value={invited} onChange={(next) => context.edited.change({ invited: next })} />
          {offered ? (
            <Button variant="default" onClick={onInvite}>
              {d(invited === "" ? "invite.now" : "invite.again")}
            </Button>
          ) : null}
        </div>
      )}
    </FormRow>
  );
}
