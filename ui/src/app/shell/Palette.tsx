import { Spotlight, createSpotlight } from "@mantine/spotlight";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { FileClock, FileInput, FileOutput, Languages, type LucideIcon, Moon, Redo2, Search, Sun, Undo2, UserPlus, UserRound } from "lucide-react";
import { useEffect, useState } from "react";
import { api } from "@/bridge/client";
import { keys } from "@/bridge/keys";
import { useDeskForm } from "@/bridge/reads";
import type { UserRow, WorkspaceInfo } from "@/bridge/types";
import { useRecordWords } from "@/features/records/useRecordWords";
import { everybody } from "@/features/users/people";
import { Kbd } from "@/kit/Kbd";
import { useWords } from "@/words";
import { directoryIcon, screenGroupsOf } from "../screenList";
import { usePreferences } from "../state/preferences";
import { useTimeTravel } from "./useTimeTravel";
import classes from "./Palette.module.css";

/** Something the palette can do. */
interface Command {
  id: string;
  label: string;
  icon: LucideIcon;
  keys?: string;
  run: () => void;
}

const MOST_PEOPLE = 7;
const [store, palette] = createSpotlight();

/** Opens the palette. */
export const openPalette = (): void => palette.open();

/** Enter takes the first line; Spotlight itself only knows lines that were there when a letter was typed. */
function selectFirst(): void {
  const list = document.getElementById(store.getState().listId);
  const first = list?.querySelector("[data-action]");
  if (!first) return;
  list?.querySelector("[data-selected]")?.removeAttribute("data-selected");
  first.setAttribute("data-selected", "true");
  store.setState({ ...store.getState(), selected: 0 });
}

/** Search or command: people by what is known of them, screens, and what the window can do. */
export function Palette({ info }: { info: WorkspaceInfo }) {
  const words = useWords();
  const { t } = words;
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const commands = useCommands(info);
  const wanted = text.trim().toLocaleLowerCase();
  const matches = (label: string) => label.toLocaleLowerCase().includes(wanted);
  const people = usePeople(text.trim());
  const shownCommands = commands.filter((command) => matches(command.label));
  const screens = screenGroupsOf(info).flat().filter((screen) => matches(t(screen.name)));
  const kinds = useKinds(info.desk).filter(({ name }) => matches(name));
  const nothing = people.length + shownCommands.length + screens.length + kinds.length === 0;
  const arrived = people.map((person) => person.id).join(" ");
  useEffect(selectFirst, [arrived, text]);
  const openPerson = (id: string) => void navigate({ to: "/users", search: { id } });

  return (
    <Spotlight.Root
      store={store}
      shortcut="mod + K"
      tagsToIgnore={[]}
      query={text}
      onQueryChange={setText}
      scrollable
      maxHeight={440}
      size={640}
      centered={false}
      yOffset={72}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      transitionProps={{ duration: 0 }}
      attributes={{ content: { "aria-label": t("app.palette") } }}
      classNames={{ content: classes.content, body: classes.body, search: classes.search, actionsGroup: classes.group }}
    >
      <Spotlight.Search
        placeholder={t("app.palette")}
        aria-label={t("app.palette")}
        leftSection={<Search size={16} strokeWidth={1.6} aria-hidden="true" />}
        rightSection={<Kbd keys="Esc" />}
        rightSectionWidth={48}
      />
      <Spotlight.ActionsList aria-label={t("app.paletteResults")}>
        {people.length > 0 ? (
          <Spotlight.ActionsGroup label={t("app.people")}>
            {people.map((person) => (
              <Spotlight.Action key={person.id} onClick={() => openPerson(person.id)}>
                <Line icon={UserRound} label={`${person.first_name} ${person.last_name}`.trim() || person.login} part={wanted} note={[person.login, person.account].filter(Boolean).join(", ")} />
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {shownCommands.length > 0 ? (
          <Spotlight.ActionsGroup label={t("app.commands")}>
            {shownCommands.map((command) => (
              <Spotlight.Action key={command.id} onClick={command.run}>
                <Line icon={command.icon} label={command.label} part={wanted} keys={command.keys} />
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {screens.length > 0 ? (
          <Spotlight.ActionsGroup label={t("app.screens")}>
            {screens.map((screen) => (
              <Spotlight.Action key={screen.path} onClick={() => void navigate({ to: screen.path })}>
                <Line icon={screen.icon} label={t(screen.name)} part={wanted} />
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {kinds.length > 0 ? (
          <Spotlight.ActionsGroup label={t("records.directory")}>
            {kinds.map(({ entity, name }) => (
              <Spotlight.Action key={entity} onClick={() => void navigate({ to: "/records/$entity", params: { entity } })}>
                <Line icon={directoryIcon(entity)} label={name} part={wanted} />
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {nothing ? <Spotlight.Empty>{t("kit.nothingFound")}</Spotlight.Empty> : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Line({ icon: Icon, label, part, note, keys }: { icon: LucideIcon; label: string; part: string; note?: string; keys?: string }) {
  return (
    <span className={classes.line}>
      <Icon size={15} strokeWidth={1.6} aria-hidden="true" className={classes.icon} />
      <span className={classes.label}>
        <Marked text={label} part={part} />
      </span>
      {note ? <span className={classes.note}>{note}</span> : null}
      {keys ? <Kbd keys={keys} /> : null}
    </span>
  );
}

/** The text with what was searched for in the colour of what is yours. */
function Marked({ text, part }: { text: string; part: string }) {
  const at = part === "" ? -1 : text.toLocaleLowerCase().indexOf(part);
  if (at < 0) return <>{text}</>;
  return (
    <>
      {text.slice(0, at)}
      <span className={classes.match}>{text.slice(at, at + part.length)}</span>
      {text.slice(at + part.length)}
    </>
  );
}

function usePeople(text: string): UserRow[] {
  const [search] = useDebouncedValue(text, 100);
  const query = { ...everybody, search };
  const found = useQuery({
    queryKey: [...keys.users(query), "palette"],
    queryFn: () => api.listUsers(query, 0, MOST_PEOPLE),
    enabled: search !== "",
    placeholderData: keepPreviousData,
  });
  return text === "" || search === "" ? [] : (found.data?.rows ?? []);
}

/** The kinds of records that the desk has, by name. */
function useKinds(desk: string): { entity: string; name: string }[] {
  const words = useRecordWords(desk);
  const form = useDeskForm().data;
  return (form?.entities ?? []).map(({ entity }) => ({ entity, name: entity === "permission_group" ? words.t("records.groupRecords") : words.many(entity) }));
}

function useCommands(info: WorkspaceInfo): Command[] {
  const { t, language } = useWords();
  const { preferences, change } = usePreferences();
  const navigate = useNavigate();
  const travel = useTimeTravel(info);
  const dark = preferences.scheme === "dark" || (preferences.scheme === "auto" && document.documentElement.dataset["mantineColorScheme"] === "dark");
  const all: (Command | null)[] = [
    { id: "new", label: t("app.command.new"), icon: UserPlus, run: () => void navigate({ to: "/users", search: { new: "yes" } }) },
    info.can_import ? { id: "import", label: t("app.command.import"), icon: FileInput, run: () => void navigate({ to: "/import" }) } : null,
    { id: "export", label: t("app.export"), icon: FileOutput, keys: "Ctrl E", run: () => void navigate({ to: "/review" }) },
    { id: "exports", label: t("exports.title"), icon: FileClock, run: () => void navigate({ to: "/exports" }) },
    travel.canUndo ? { id: "undo", label: t("app.command.undo"), icon: Undo2, keys: "Ctrl Z", run: travel.undo } : null,
    travel.canRedo ? { id: "redo", label: t("app.command.redo"), icon: Redo2, keys: "Ctrl Shift Z", run: travel.redo } : null,
    { id: "scheme", label: t(dark ? "app.command.light" : "app.command.dark"), icon: dark ? Sun : Moon, run: () => change({ scheme: dark ? "light" : "dark" }) },
    { id: "system", label: t("app.command.system"), icon: Sun, run: () => change({ scheme: "auto" }) },
    { id: "language", label: t("app.command.language"), icon: Languages, run: () => change({ language: language === "en" ? "de" : "en" }) },
  ];
  return all.filter((command) => command !== null);
}
