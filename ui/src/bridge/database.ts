import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { DatabaseLogin, DatabaseSeen } from "./bindings.gen";
import { api } from "./client";
import { asApiError } from "./error";
import { useStored } from "./stored";

/** Where a desk's database is, as a form has it: everything but the password. */
export interface DatabasePlace {
  kind: string;
  host: string;
  /** Empty for the usual one. */
  port: string;
  database: string;
  user: string;
  /** Whether it is spoken to by TLS; null for what the host calls for. */
  tls: boolean | null;
  /** A file with a certificate authority of one's own; empty for those of the system. */
  authority: string;
  /** Of a server on this machine: for PostgreSQL the folder it lies in, for MariaDB the file; empty for the network. */
  socket: string;
}

const NOWHERE: DatabasePlace = { kind: "postgresql", host: "", port: "", database: "", user: "", tls: null, authority: "", socket: "" };

/** Ports on which the servers listen if nobody says otherwise. */
export const usualPorts: Record<string, string> = { postgresql: "5432", mysql: "3306" };

/** Whether what is said to a host stays on this machine. */
export function isHere(host: string): boolean {
  const name = host.trim().replace(/^\[|\]$/g, "");
  return name === "localhost" || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name);
}

/** Whether a place is spoken to by TLS. */
export const speaksTls = (place: DatabasePlace): boolean => place.tls ?? !isHere(place.host);

/** The place as an address; empty while something is missing. */
export function addressOf(place: DatabasePlace): string {
  const socket = place.socket.trim();
  if (socket !== "" && !socket.startsWith("/")) return "";
  const [typed, user, database] = [place.host.trim(), place.user.trim(), place.database.trim()];
  const host = typed === "" && socket !== "" ? "localhost" : typed;
  if (host === "" || user === "" || database === "") return "";
  const name = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  const port = place.port.trim() === "" ? "" : `:${place.port.trim()}`;
  const tls = speaksTls(place);
  const bySocket = socket === "" ? null : [`socket=${encodeURIComponent(socket)}`];
  const said = bySocket ?? [
    ...(tls === !isHere(host) ? [] : [`tls=${tls ? "on" : "off"}`]),
    ...(tls && place.authority !== "" ? [`ca=${encodeURIComponent(place.authority)}`] : []),
  ];
  const scheme = place.kind === "mysql" ? "mysql" : "postgres";
  return `${scheme}://${encodeURIComponent(user)}@${name}${port}/${encodeURIComponent(database)}${said.length > 0 ? `?${said.join("&")}` : ""}`;
}

/** A database while a form asks for it. */
export interface DatabaseForm {
  place: DatabasePlace;
  change: (place: DatabasePlace) => void;
  password: string;
  setPassword: (password: string) => void;
  /** Whether the password goes into the system's keyring. */
  keep: boolean;
  setKeep: (keep: boolean) => void;
  /** Empty while something is missing. */
  address: string;
  /** What opens it, for whoever reads or writes it. */
  login: DatabaseLogin;
  /** Keeps the place, without the password, for the next time. */
  remember: () => void;
  test: () => void;
  testing: boolean;
  /** What a test found, of this very place. */
  seen: DatabaseSeen | null;
  error: unknown;
}

/** Asks for a database. The place is remembered between two starts, the password is not; a login that changes things is
 * another one than that which reads. */
export function useDatabase(purpose: "database" | "database.apply" = "database"): DatabaseForm {
  const read = useStored<DatabasePlace>("database", NOWHERE);
  const stored = useStored<DatabasePlace | null>(purpose, null);
  const [typed, setTyped] = useState<DatabasePlace | null>(null);
  const [password, setPassword] = useState("");
  const [keep, setKeep] = useState(false);
  // A place that was remembered before there was a field for it lacks that field.
  const place = { ...NOWHERE, ...(typed ?? stored.value ?? read.value) };
  const address = addressOf(place);
  const login = { password: password === "" ? null : password, keep };
  const work = useMutation({
    mutationFn: (asked: { address: string; login: DatabaseLogin }) => api.lookAtDatabase(asked.address, asked.login),
    // The password is kept no longer than it is needed.
    gcTime: 0,
  });
  const { variables } = work;
  const isThis = variables !== undefined && variables.address === address && variables.login.password === login.password;
  const remember = () => stored.change(place);
  return {
    place,
    change: setTyped,
    password,
    setPassword,
    keep,
    setKeep,
    address,
    login,
    remember,
    test: () => {
      remember();
      work.mutate({ address, login });
    },
    testing: work.isPending,
    seen: isThis ? (work.data ?? null) : null,
    error: isThis ? work.error : null,
  };
}

/** The field of the form that an error is about, if it is about one. */
export function fieldOf(error: unknown): string | null {
  const problem = error ? asApiError(error).fields.find(({ code }) => code.startsWith("database.")) : undefined;
  return problem?.field ?? null;
}
