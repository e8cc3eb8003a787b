import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { DatabaseLogin, ReadEstimate } from "./bindings.gen";
import { api } from "./client";
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
  /** What reading takes, of this very address. */
  told: ReadEstimate | null;
  error: unknown;
}

/** Asks for the interface of a desk. The address is remembered between two starts, the token is not. */
export function useInterface(desk: string): InterfaceForm {
  const stored = useStored(`interface.${desk}`, "");
  const [typed, setTyped] = useState<string | null>(null);
  const [token, setToken] = useState("");
  const [keep, setKeep] = useState(false);
  const text = typed ?? stored.value;
  const address = /^https?:\/\/[^/?#]+/.test(text.trim()) ? text.trim() : "";
  const login = { password: token === "" ? null : token, keep };
  const work = useMutation({
    mutationFn: (asked: { address: string; login: DatabaseLogin }) => api.estimateReading(asked.address, asked.login, crypto.randomUUID()),
    // The token is kept no longer than it is needed.
    gcTime: 0,
  });
  const { variables } = work;
  const isThis = variables !== undefined && variables.address === address && variables.login.password === login.password;
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
      work.mutate({ address, login });
    },
    estimating: work.isPending,
    told: isThis ? (work.data ?? null) : null,
    error: isThis ? work.error : null,
  };
}
