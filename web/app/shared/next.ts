/** The rooms of the hub: where a log-in may lead. */
const ROOMS = ["partners", "invitations", "integrations", "tenants", "activity", "settings", "account"];

/** Where to go after the log-in: a path of this hub, or home. */
export function afterLogIn(search: string): string {
  const asked = new URLSearchParams(search).get("next") ?? "/";
  const [, room = ""] = asked.split(/[/?#]/);
  return asked.startsWith("/") && ROOMS.includes(room) ? asked : "/";
}

/** Where whoever is not quite inside goes on, and from there to where it wanted to go. */
export function welcomeFrom({ pathname, search, hash }: Location): string {
  const here = `${pathname}${search}${hash}`;
  return here === "/" ? "/welcome" : `/welcome?next=${encodeURIComponent(here)}`;
}

/** Why somebody who was inside has to log in once more. */
export type Why = "ended" | "waited";

/** The log-in page that leads back here. */
export function logInFrom({ pathname, search, hash }: Location, why?: Why): string {
  const here = `${pathname}${search}${hash}`;
  return logInWith(here === "/" ? null : here, why);
}

/** The log-in page that leads where one wanted to go, and says why one stands there. */
export function logInWith(next: string | null, why?: Why): string {
  const told = new URLSearchParams({ ...(next ? { next } : {}), ...(why ? { why } : {}) }).toString();
  return told ? `/log-in?${told}` : "/log-in";
}

/** Why the log-in page is shown, if it is said. */
export function whyLogIn(search: string): Why | undefined {
  const why = new URLSearchParams(search).get("why");
  return why === "ended" || why === "waited" ? why : undefined;
}
