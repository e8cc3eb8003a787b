import { ActionIcon, Popover } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { CalendarDays, X } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useWords } from "@/words";
import { isDay, readDay, showDay } from "./days";
import type { FieldIds } from "./FormPanel";
import classes from "./DayField.module.css";

interface DayFieldProps {
  /** Ties the control to its row's words. */
  ids: FieldIds;
  /** `2026-11-26`; empty for none; what somebody typed where that is no day. */
  value: string;
  /** Hears of a day as `2026-11-26`; of what is none as it was typed, so that it is not taken for what was there before. */
  onChange: (value: string) => void;
  /** Whether the field itself says that something is no day, where nothing else does. */
  says?: boolean;
}

/** A day: typed (2026-11-26, or as the language writes it), picked from a calendar (Alt with the down arrow), or emptied. */
export function DayField({ ids, value, onChange, says = false }: DayFieldProps) {
  const { t, language } = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  // Undone, or set by somebody else: what is held counts.
  const own = typed !== null && (readDay(typed, language) ?? typed) === value;
  const text = own ? typed : showDay(value, language);
  const wrong = value !== "" && !isDay(value);
  const put = (next: string) => {
    setTyped(next);
    onChange(readDay(next, language) ?? next);
  };
  const close = () => {
    setOpen(false);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || event.key !== "ArrowDown") return;
    event.preventDefault();
    setOpen(true);
  };
  const complaint = says && wrong && !open ? `${ids.id}-no-day` : undefined;
  return (
    <div className={classes.day}>
      {/* The frame around the input is what the calendar stands below; it is the button that opens it. */}
      <Popover position="bottom-start" withRoles={false} trapFocus opened={open} onChange={setOpen} closeOnEscape={false}>
        <Popover.Target>
          <span className={classes.box} data-invalid={ids.invalid || wrong || undefined}>
            <input
              ref={input}
              type="text"
              id={ids.id}
              className={classes.input}
              value={text}
              placeholder={t("kit.dayPlaceholder")}
              aria-describedby={[ids.describedBy, complaint].filter(Boolean).join(" ") || undefined}
              aria-invalid={ids.invalid || wrong || undefined}
              aria-keyshortcuts="Alt+ArrowDown"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => put(event.currentTarget.value)}
              onBlur={() => setTyped(null)}
              onKeyDown={onKeyDown}
            />
            {value === "" ? null : (
              <ActionIcon
                size={22}
                aria-label={t("kit.dayClear")}
                onClick={() => {
                  put("");
                  input.current?.focus();
                }}
              >
                <X size={13} strokeWidth={1.8} aria-hidden="true" />
              </ActionIcon>
            )}
            <ActionIcon size={22} aria-label={t("kit.dayPick")} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>
              <CalendarDays size={14} strokeWidth={1.6} aria-hidden="true" />
            </ActionIcon>
          </span>
        </Popover.Target>
        <Popover.Dropdown
          p={8}
          role="dialog"
          aria-label={t("kit.dayPick")}
          // Esc closes the calendar, and nothing around it.
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.preventDefault();
            event.stopPropagation();
            close();
          }}
        >
          <DatePicker
            size="xs"
            locale={language}
            firstDayOfWeek={1}
            weekendDays={[]}
            value={isDay(value) ? value : null}
            defaultDate={isDay(value) ? value : undefined}
            ariaLabels={{
              monthLevelControl: t("kit.dayMonths"),
              yearLevelControl: t("kit.dayYears"),
              nextMonth: t("kit.dayNextMonth"),
              previousMonth: t("kit.dayPreviousMonth"),
              nextYear: t("kit.dayNextYear"),
              previousYear: t("kit.dayPreviousYear"),
              nextDecade: t("kit.dayNextDecade"),
              previousDecade: t("kit.dayPreviousDecade"),
            }}
            onChange={(next) => {
              setTyped(null);
              onChange(next ?? "");
              close();
            }}
          />
        </Popover.Dropdown>
      </Popover>
      {complaint ? (
        <p id={complaint} className={classes.wrong} role="alert">
          {t("kit.dayNone", { example: showDay("2026-11-26", language) })}
        </p>
      ) : null}
    </div>
  );
}
