import type { DeskForm, FieldInfo, UserForm } from "@/bridge/types";
import type { FormRowLayout } from "@/bridge/formLayout";
import type { RecordNames } from "./useRecordNames";
import type { EditedUser } from "./useUserForm";

/** What the rows of a form share. */
export interface FormContext {
  desk: DeskForm;
  edited: EditedUser;
  names: RecordNames;
  /** What stands in a field of a form, in words; empty for nothing. */
  text: (field: FieldInfo, form: UserForm) => string;
  /** Whether passwords may be kept: the workspace has a passphrase. */
  sealed: boolean;
}

/** What every row gets. */
export interface RowProps {
  context: FormContext;
  row: FormRowLayout;
}
