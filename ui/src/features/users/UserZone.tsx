import { useMemo } from "react";
import { asApiError } from "@/bridge/error";
import { useDeskForm, useNewUser, useUser } from "@/bridge/reads";
import type { UserDetail, UserForm, Viewer } from "@/bridge/types";
import { FailedState } from "@/kit/FailedState";
import { FormSkeleton } from "./FormSkeleton";
import { today } from "@/kit/days";
import { UserPanel } from "./UserPanel";

/** Which form is open: a person's, or a new one with the rights of `like`, kept under the key `draft`. */
export type OpenUser = { id: string } | { like: string | null; draft: string };

interface UserZoneProps {
  open: OpenUser;
  /** Values that are to be put into the fields, unsaved; null for none. */
  given: UserForm | null;
  /** Hears that they are there. */
  onGiven: () => void;
  /** Hears whose eyes the preview looks through, whenever the form changes. */
  onViewer: (viewer: Viewer, unsaved: number) => void;
  /** Hears which person was saved. */
  onSaved: (id: string) => void;
  /** Leaves the form. */
  onLeave: () => void;
  /** Leads to a new form with the rights of a person. */
  onLike: (id: string) => void;
  /** Ends a person's access; not offered without it. */
  onOffboard?: (id: string) => void;
  /** Holds a person against another; not offered without it. */
  onCompare?: (id: string) => void;
}

/** Somebody new who is to be invited is invited today, unless the form says otherwise. */
function invitedToday(detail: UserDetail): UserDetail {
  const { form } = detail;
  if (detail.id !== "" || form.password !== "invitation" || form.invited !== "") return detail;
  return { ...detail, form: { ...form, invited: today() } };
}

/** The form's zone: loads the person, then the form; says what is the case where it cannot. */
export function UserZone({ open, given, onGiven, onViewer, onSaved, onLeave, onLike, onOffboard, onCompare }: UserZoneProps) {
  const isNew = !("id" in open);
  const draft = isNew ? open.draft : null;
  const user = useUser(isNew ? null : open.id);
  const fresh = useNewUser(isNew ? open.like : null, draft);
  const desk = useDeskForm();
  const query = isNew ? fresh : user;
  const detail = useMemo(() => query.data && invitedToday(query.data), [query.data]);
  const failed = [query, desk].find((each) => each.data === undefined && each.error);

  if (failed) return <FailedState error={asApiError(failed.error)} onRetry={() => void failed.refetch()} />;
  if (detail === undefined || desk.data === undefined) return <FormSkeleton />;
  return (
    <UserPanel
      key={draft ?? ("id" in open ? open.id : "")}
      desk={desk.data}
      detail={detail}
      draft={draft}
      given={given}
      onGiven={onGiven}
      onViewer={onViewer}
      onSaved={onSaved}
      onLeave={onLeave}
      onLike={onLike}
      onOffboard={onOffboard}
      onCompare={onCompare}
    />
  );
}
