import { useState } from "react";
import type { DatabaseLogin, ReadEstimate } from "./bindings.gen";
import { api } from "./client";
import { asApiError } from "./error";
import { useWatched } from "./jobs";
import { useStored } from "./stored";

/** A desk's interface while a form asks for it. */
export interface InterfaceForm {
  /** Empty while something is missing. */
  address: string;
  typed: string;
  change: (address: string) => void;
  token: string;
  setToken: (token: string) => void;
  /** Whether the token goes into the system's keyring. */
  keep: boolean;
  setKeep: (keep: boolean) => void;
  /** What opens it. */
  login: DatabaseLogin;
  /** Keeps the address, without the token, for the next time. */
  remember: () => void;
  estimate: () => void;
  estimating: boolean;
  stop: () => void;
  /** What reading takes, of this very address. */
  told: ReadEstimate | null;
  error: unknown;
}

/** Asks for the interface of a desk. The address is remembered between two starts, the token is not; without `tickets` the
 * estimate is of the configuration alone. */
export function useInterface(desk: string, tickets = true): InterfaceForm {
  const stored = useStored(`interface.${desk}`, "");
  const [typed, setTyped] = useState<string | null>(null);
  const [token, setToken] = useState("");
  const [keep, setKeep] = useState(false);
  const text = typed ?? stored.value;
  const address = /^https?:\/\/[^/?#]+/.test(text.trim()) ? text.trim() : "";
  const login = { password: token === "" ? null : token, keep };
  const work = useWatched((asked: { address: string; login: DatabaseLogin }, job) => api.estimateReading(asked.address, asked.login, tickets, job));
  const { asked } = work;
  const isThis = asked?.address === address && asked.login.password === login.password;
  const remember = () => stored.change(address);
  return {
    address,
    typed: text,
    change: setTyped,
    token,
    setToken,
    keep,
    setKeep,
    login,
    remember,
    estimate: () => {
      remember();
      // The error stays with the work, where the form reads it.
      void work.run({ address, login }).catch(() => undefined);
    },
    estimating: work.running,
    stop: work.cancel,
    told: isThis ? (work.data ?? null) : null,
    error: isThis && asApiError(work.error).code !== "cancelled" ? work.error : null,
  };
}
