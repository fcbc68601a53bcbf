import type { AuthProvider, UserIdentity } from "react-admin";

import { LogOutDocument, WhoDocument, type WhoQuery } from "../made/graph";
import { logInFrom, welcomeFrom } from "../shared/next";
import { Fault, send } from "../shared/send";

export type Viewer = NonNullable<WhoQuery["viewer"]>;
/** Who looks, as react-admin's `useGetIdentity` answers it, and whose hub it is. */
export interface Identity extends UserIdentity {
  hub: Viewer["hub"];
}
export type Role = Viewer["role"];

let asked: Promise<WhoQuery> | undefined;

/** Leaves for a page of the door; nothing goes on meanwhile. */
function leave(to: string): Promise<never> {
  location.assign(to);
  return new Promise(() => {});
}

/** Who is looking, asked once; whoever is not inside is shown the door. */
export async function viewer(): Promise<Viewer> {
  asked ??= send(WhoDocument);
  const found = await asked.catch((error: unknown) => {
    asked = undefined;
    throw error;
  });
  if (!found.viewer) return leave(logInFrom(location));
  if (found.viewer.onboardingStep !== "DONE") return leave(welcomeFrom(location));
  return found.viewer;
}

/** After one's own name or company has changed. */
export function forgetViewer() {
  asked = undefined;
}

/** Leads out when a session has ended meanwhile. */
export function outside(error: unknown): Promise<never> | undefined {
  if (!(error instanceof Fault)) return undefined;
  if (error.code === "UNAUTHENTICATED") return leave(logInFrom(location, "ended"));
  if (error.code === "ONBOARDING_INCOMPLETE") return leave(welcomeFrom(location));
  return undefined;
}

/** Sessions live in a cookie that scripts cannot read; the door opens them. */
export const authProvider: AuthProvider = {
  login: () => leave("/log-in"),
  async logout() {
    await send(LogOutDocument).catch(() => undefined);
    return leave("/log-in");
  },
  async checkAuth() {
    await viewer();
  },
  async checkError(error) {
    await outside(error);
  },
  async getIdentity(): Promise<Identity> {
    const { user, hub } = await viewer();
    return { id: user.id, fullName: user.name, email: user.email, hub };
  },
  async getPermissions() {
    return (await viewer()).role;
  },
};
