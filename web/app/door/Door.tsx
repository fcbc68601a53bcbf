import { useEffect } from "react";

import { Accept } from "./Accept";
import { Address } from "./Address";
import { Forgot } from "./Forgot";
import { LogIn } from "./LogIn";
import { Reset } from "./Reset";
import { Welcome } from "./Welcome";
import { words } from "../words/door";

const PAGES: Record<string, { page: () => React.ReactNode; title: string }> = {
  "/log-in": { page: LogIn, title: words.logIn.title },
  "/forgot": { page: Forgot, title: words.forgot.title },
  "/reset": { page: Reset, title: words.reset.title },
  "/email": { page: Address, title: words.address.title },
  "/accept": { page: Accept, title: words.accept.title },
  "/welcome": { page: Welcome, title: words.welcome.short },
};

/** Which page stands at this address. Between them one goes by plain links. */
export function Door() {
  const { page: Page, title } = PAGES[location.pathname.replace(/\/$/, "")] ?? { page: LogIn, title: words.logIn.title };
  useEffect(() => {
    document.title = `${title} – ${words.product}`;
  }, [title]);
  return <Page />;
}
