import { Fault } from "../../shared/send";
import { words } from "../../words/door";

/** The most bytes of a picture. */
export const LARGEST = 1024 * 1024;

/** Pictures go round the graph, by a route of their own. Without one the logo is taken away. */
export async function sendLogo(id: string, picture?: File): Promise<void> {
  let response: Response;
  try {
    response = await fetch(`/logo/${encodeURIComponent(id)}`, {
      method: picture ? "PUT" : "DELETE",
      credentials: "same-origin",
      headers: { "x-partner-csrf": "1" },
      body: picture,
    });
  } catch {
    throw new Fault(words.offline, "OFFLINE");
  }
  if (response.ok) return;
  const answer = await response.json().catch(() => ({}));
  const [first] = answer.errors ?? [];
  throw new Fault(first?.message ?? words.status(response.status), String(first?.extensions?.code ?? "INTERNAL"));
}
