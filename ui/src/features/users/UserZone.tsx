import { useNewUser, useUser } from "@/bridge/reads";
import { asApiError } from "@/bridge/error";
import type { Viewer } from "@/bridge/types";
import { FailedState } from "@/kit/FailedState";
import { FormSkeleton } from "./FormSkeleton";
import { UserPanel } from "./UserPanel";

/** Which form is open: a person's, or a new one with the rights of `like`. */
export type OpenUser = { id: string } | { like: string | null };

interface UserZoneProps {
  open: OpenUser;
  /** Hears whose eyes the preview looks through, whenever the form changes. */
  onViewer: (viewer: Viewer, unsaved: number) => void;
  /** Hears which person was saved. */
  onSaved: (id: string) => void;
  /** Leads to another form. */
  onOpen: (open: OpenUser) => void;
}

/** The form's zone: loads the person, then the form; says what is the case where it cannot. */
export function UserZone({ open, onViewer, onSaved, onOpen }: UserZoneProps) {
  const isNew = !("id" in open);
  const user = useUser(isNew ? null : open.id);
  const fresh = useNewUser(isNew ? open.like : undefined);
  const query = isNew ? fresh : user;

  if (query.data === undefined && query.error) {
    return <FailedState error={asApiError(query.error)} onRetry={() => void query.refetch()} />;
  }
  if (query.data === undefined) return <FormSkeleton />;
  return (
    <UserPanel
      key={isNew ? `new ${open.like ?? ""}` : open.id}
      detail={query.data}
      onViewer={onViewer}
      onSaved={onSaved}
      onOpen={onOpen}
    />
  );
}
