import { InstallableDocument, type InstallableQuery } from "../../made/graph";
import { send } from "../../shared/send";

export type Installable = NonNullable<InstallableQuery["integrations"]>["nodes"][number];

/** All published integrations that one may add tenants to, by name. */
export async function installable(): Promise<Installable[]> {
  const all: Installable[] = [];
  for (let after: string | null | undefined = null; after !== undefined; ) {
    const { integrations: page }: InstallableQuery = await send(InstallableDocument, { after });
    if (!page) break;
    all.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
  }
  return all;
}

/** What it is called in a list; whose it is, where that is a question. */
export const titleOf = ({ name, partner }: Installable, owner: boolean) => (owner && partner ? `${name} (${partner.name})` : name);
