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

/** The log-in page that leads back here. */
export function logInFrom({ pathname, search, hash }: Location): string {
  const here = `${pathname}${search}${hash}`;
  return here === "/" ? "/log-in" : `/log-in?next=${encodeURIComponent(here)}`;
}
