import { useGetIdentity } from "react-admin";

import { words } from "../../words/hub";
import type { Identity } from "../auth";

/** Whose hub it is; unknown for the moment until it has been asked. */
export function useHub(): Identity["hub"] | undefined {
  return (useGetIdentity().identity as Identity | undefined)?.hub;
}

/** What it is called, in a sentence. */
export const useHubName = () => useHub()?.name ?? words.product;
