import { ask } from "../../shared/route";

/** The most bytes of a picture. */
export const LARGEST = 1024 * 1024;

/** Pictures go round the graph, by a route of their own. Without one the logo is taken away. */
export async function sendLogo(id: string, picture?: File): Promise<void> {
  await ask(`/logo/${encodeURIComponent(id)}`, picture ? { method: "PUT", body: picture } : { method: "DELETE" });
}
