import { words } from "../words/door";
import { Fault } from "./send";

/** Asks a route of the hub beside the graph, with the cookie of this browser; refusals are told as those of the graph. */
export async function ask(path: string, how: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...how, credentials: "same-origin", headers: { "x-partner-csrf": "1" } });
  } catch {
    throw new Fault(words.offline, "OFFLINE");
  }
  if (response.ok) return response;
  const answer = await response.json().catch(() => ({}));
  const { message = words.status(response.status), extensions = {} } = answer.errors?.[0] ?? {};
  const { code = "INTERNAL", ...more } = extensions;
  throw new Fault(message, String(code), more);
}
