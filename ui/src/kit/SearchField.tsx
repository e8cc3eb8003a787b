import { CloseButton, TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useWords } from "@/words";
import { Kbd } from "./Kbd";
import { isTyping } from "./typing";

interface SearchFieldProps {
  /** What the search looks in; label and placeholder at once. */
  label: string;
  /** What is searched for, as it stands outside. */
  value: string;
  /** Hears of a new text once the typing rests for a moment. */
  onChange: (text: string) => void;
  /** Whether "/" leads here. */
  slash?: boolean;
}

const REST_MS = 120;

/** A field that searches as one types. "/" leads to it, Esc empties it. */
export function SearchField({ label, value, onChange, slash = true }: SearchFieldProps) {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [told, setTold] = useState(value);
  // A value from elsewhere (a link, a cleared filter) replaces what was typed.
  if (value !== told) {
    setTold(value);
    setText(value);
  }

  useEffect(() => {
    if (text === told) return undefined;
    const timer = setTimeout(() => {
      setTold(text);
      onChange(text);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [text, told, onChange]);

  useEffect(() => {
    if (!slash) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [slash]);

  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={label}
      aria-keyshortcuts={slash ? "/" : undefined}
      placeholder={label}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && text !== "") {
          event.stopPropagation();
          setText("");
        }
      }}
      leftSection={<Search size={14} strokeWidth={1.6} aria-hidden="true" />}
      rightSection={
        text === "" ? (
          slash ? <Kbd keys="/" /> : null
        ) : (
          <CloseButton size="xs" aria-label={t("kit.clear")} onClick={() => setText("")} />
        )
      }
      style={{ flex: "1 1 180px", minWidth: 0 }}
    />
  );
}
