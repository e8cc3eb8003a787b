import { createContext, useContext } from "react";

/** Where forms are, as addresses; the window says so, for a kit that knows no screens. */
export interface Links {
  person: (id: string) => string;
  account: (id: string) => string;
}

const none: Links = { person: () => "#", account: () => "#" };

export const LinksContext = createContext<Links>(none);

/** Where forms are. */
export const useLinks = (): Links => useContext(LinksContext);
