import { useQuery } from "@tanstack/react-query";
import { api } from "@/bridge/client";
import { asApiError } from "@/bridge/error";
import { keys } from "@/bridge/keys";
import type { DeskForm } from "@/bridge/types";
import { FailedState } from "@/kit/FailedState";
import { RecordPanel } from "./RecordPanel";

interface RecordZoneProps {
  entity: string;
  /** The record; null for a new one. */
  id: string | null;
  desk: DeskForm;
  onSaved: (id: string) => void;
  onLeave: () => void;
}

/** The form's zone: loads the record, then the form; says what is the case where it cannot. */
export function RecordZone({ entity, id, desk, onSaved, onLeave }: RecordZoneProps) {
  const query = useQuery({
    queryKey: keys.record(entity, id),
    queryFn: () => (id === null ? api.newRecord(entity, {}) : api.getRecord(entity, id)),
  });
  if (query.data === undefined && query.error) return <FailedState error={asApiError(query.error)} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <div aria-busy="true" />;
  return <RecordPanel key={`${entity} ${id ?? "new"}`} detail={query.data} desk={desk} onSaved={onSaved} onLeave={onLeave} />;
}
