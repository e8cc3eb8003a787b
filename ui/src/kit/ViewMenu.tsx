import { Button, Group, Menu, Modal, TextInput, VisuallyHidden } from "@mantine/core";
import { ChevronDown, Pencil, Plus, RotateCcw, Save, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useWords } from "@/words";
import { useConfirm } from "./ConfirmAction";
import classes from "./ViewMenu.module.css";

/** A way to look at a list. */
export interface View {
  id: string;
  name: string;
  /** Whether it is there for everybody: then it can be neither renamed nor deleted. */
  builtIn: boolean;
}

interface ViewMenuProps {
  views: View[];
  /** The one that is shown. */
  current: View;
  /** Whether what is shown differs from it. */
  modified: boolean;
  onPick: (id: string) => void;
  /** Keeps what is shown as a view of its own. */
  onSaveAs: (name: string) => void;
  /** Keeps what is shown as the current view. */
  onSave: () => void;
  onRename: (name: string) => void;
  onDelete: () => void;
  /** Back to what the current view says. */
  onReset: () => void;
}

const icon = { size: 14, strokeWidth: 1.6, "aria-hidden": true } as const;

/** Saved ways to look at a list: pick one, keep what is shown, rename, delete, go back. */
export function ViewMenu(props: ViewMenuProps) {
  const { views, current, modified } = props;
  const { t } = useWords();
  const confirm = useConfirm();
  const [naming, setNaming] = useState<"new" | "rename" | null>(null);
  const remove = async () => {
    const question = { title: t("lists.viewDeleteTitle", { name: current.name }), body: t("lists.viewDeleteBody"), confirm: t("lists.viewDelete"), danger: true };
    if (await confirm(question)) props.onDelete();
  };
  const item = (view: View) => (
    <Menu.RadioItem key={view.id} value={view.id} closeMenuOnClick>
      {view.name}
    </Menu.RadioItem>
  );
  const saved = views.filter((view) => !view.builtIn);

  return (
    <>
      <Menu position="bottom-start" width={260} returnFocus>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            className={classes.button}
            data-view
            rightSection={<ChevronDown {...icon} />}
          >
            <span className={classes.word} data-word>{t("lists.view")}: </span>
            <span className={classes.name}>{current.name}</span>
            {modified ? (
              <span className={classes.modified} title={t("lists.viewModified")}>
                <VisuallyHidden>{t("lists.viewModifiedLabel")}</VisuallyHidden>
              </span>
            ) : null}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup value={current.id} onChange={props.onPick}>
            {views.filter((view) => view.builtIn).map(item)}
            {saved.length > 0 ? <Menu.Divider /> : null}
            {saved.map(item)}
          </Menu.RadioGroup>
          <Menu.Divider />
          {modified ? (
            <Menu.Item leftSection={<RotateCcw {...icon} />} onClick={props.onReset}>
              {t("lists.viewReset", { name: current.name })}
            </Menu.Item>
          ) : null}
          {modified && !current.builtIn ? (
            <Menu.Item leftSection={<Save {...icon} />} onClick={props.onSave}>
              {t("lists.viewSave", { name: current.name })}
            </Menu.Item>
          ) : null}
          <Menu.Item leftSection={<Plus {...icon} />} onClick={() => setNaming("new")}>
            {t("lists.viewSaveAs")}
          </Menu.Item>
          {current.builtIn ? null : (
            <>
              <Menu.Item leftSection={<Pencil {...icon} />} onClick={() => setNaming("rename")}>
                {t("lists.viewRename", { name: current.name })}
              </Menu.Item>
              <Menu.Item leftSection={<Trash2 {...icon} />} onClick={() => void remove()}>
                {t("lists.viewDeleteNamed", { name: current.name })}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Naming
        key={naming}
        purpose={naming}
        name={naming === "rename" ? current.name : ""}
        taken={views.filter((view) => naming === "new" || view.id !== current.id).map((view) => view.name)}
        onClose={() => setNaming(null)}
        onName={naming === "rename" ? props.onRename : props.onSaveAs}
      />
    </>
  );
}

interface NamingProps {
  purpose: "new" | "rename" | null;
  name: string;
  /** Names that other views have. */
  taken: string[];
  onClose: () => void;
  onName: (name: string) => void;
}

function Naming({ purpose, name, taken, onClose, onName }: NamingProps) {
  const { t } = useWords();
  const [text, setText] = useState(name);
  const wanted = text.trim();
  const isTaken = taken.some((one) => one.toLocaleLowerCase() === wanted.toLocaleLowerCase());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted === "" || isTaken) return;
    onName(wanted);
    onClose();
  };
  return (
    <Modal
      opened={purpose !== null}
      onClose={onClose}
      title={t(purpose === "rename" ? "lists.viewRenameTitle" : "lists.viewSaveAsTitle")}
      closeButtonProps={{ "aria-label": t("kit.close") }}
    >
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t("lists.viewName")}
          value={text}
          maxLength={60}
          error={isTaken ? t("lists.viewTaken", { name: wanted }) : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="sm" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t("kit.cancel")}
          </Button>
          <Button type="submit" disabled={wanted === "" || isTaken}>
            {t("kit.save")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
