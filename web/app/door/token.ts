/**
 * The token of a letter's link. It stands in the fragment, which is never sent; it is taken out of the address at once,
 * and kept with this entry of the tab's history, so that a reload finds it again.
 */
export function takeToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get("t") ?? (history.state as { token?: string } | null)?.token ?? "";
  history.replaceState(token ? { token } : null, "", location.pathname);
  return token;
}

/** After the link has done its work. */
export function dropToken() {
  history.replaceState(null, "", location.pathname);
}
