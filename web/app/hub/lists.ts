import type { RaRecord, SortPayload } from "react-admin";

import {
  type IntegrationFilterInput, IntegrationsDocument, type InvitationFilterInput, InvitationsDocument,
  type PartnerFilterInput, type PartnerStatus, PartnersDocument, RecordDocument, type TenantFilterInput, TenantsDocument,
} from "../made/graph";
import { eventsOf } from "../words/activity";
import type { Typed } from "../shared/send";

interface Answer {
  page: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor?: string | null };
    nodes: RaRecord[];
  };
}

/** What a list is narrowed by: the words of the search, and the tab. */
interface Chosen {
  q?: string;
  view?: string;
  partnerId?: string;
  integrationId?: string;
}

/** How a list of react-admin is asked of the graph. */
export interface List {
  document: Typed<Answer, Record<string, unknown>>;
  variables: (chosen: Chosen, sort?: SortPayload) => Record<string, unknown>;
}

/** Columns by their name in the graph, as `createdAt` for `CREATED_AT`. */
function orderBy(sort: SortPayload | undefined, columns: string[]) {
  if (!sort || !columns.includes(sort.field)) return undefined;
  return [{ field: sort.field.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase(), direction: sort.order }];
}

/** Before anything can have happened here. */
const LONG_AGO = "1970-01-01T00:00:00Z";

/** What the graph takes of a search: words, and characters in all. */
const MOST = { words: 8, characters: 100 };

/** As much of what was typed as is searched for: what has all of it has its beginning, too. */
function search(typed: string) {
  const words = typed.trim().split(/\s+/).slice(0, MOST.words).join(" ");
  return [...words].slice(0, MOST.characters).join("");
}

const as = (document: unknown) => document as List["document"];

export const lists: Record<string, List> = {
  partners: {
    document: as(PartnersDocument),
    variables: ({ q, view }, sort) => {
      const filter: PartnerFilterInput = {};
      if (q) filter.search = search(q);
      // Pending ones that have answered: they wait for the vendor, the others for themselves.
      if (view === "ANSWERED") Object.assign(filter, { status: { eq: "PENDING" }, formSubmittedAt: { isNull: false } });
      else if (view && view !== "all") filter.status = { eq: view as PartnerStatus };
      return { filter, orderBy: orderBy(sort, ["name", "status", "createdAt", "updatedAt"]) };
    },
  },
  integrations: {
    document: as(IntegrationsDocument),
    variables: ({ q, view, partnerId }, sort) => {
      const filter: IntegrationFilterInput = {};
      if (partnerId) filter.partnerId = { eq: partnerId };
      // What it is about, and its tags, are found as they are written.
      if (q) filter.or = [{ search: search(q) }, { categories: { has: q } }, { tags: { has: q } }];
      if (view === "review") filter.status = { eq: "IN_REVIEW" };
      if (view === "published") filter.status = { eq: "PUBLISHED" };
      return { filter, orderBy: orderBy(sort, ["name", "status", "createdAt", "updatedAt"]) };
    },
  },
  tenants: {
    document: as(TenantsDocument),
    variables: ({ q, view, partnerId, integrationId }, sort) => {
      const filter: TenantFilterInput = {};
      if (partnerId) filter.partnerId = { eq: partnerId };
      if (integrationId) filter.integrationId = { eq: integrationId };
      if (q) filter.name = { contains: q };
      if (view === "running") filter.paused = { eq: false };
      if (view === "paused") filter.paused = { eq: true };
      if (view === "archived") filter.archivedAt = { gte: LONG_AGO };
      return { filter, orderBy: orderBy(sort, ["name", "createdAt", "updatedAt"]) };
    },
  },
  invitations: {
    document: as(InvitationsDocument),
    variables: ({ q, view }, sort) => {
      const filter: InvitationFilterInput = {};
      if (q) filter.email = { contains: q };
      if (view === "waiting" || view === "trouble") filter.status = { in: ["PENDING", "EXPIRED"] };
      if (view === "trouble") filter.delivery = { in: ["BOUNCED", "FAILED", "DEFERRED"] };
      return { filter, orderBy: orderBy(sort, ["email", "expiresAt", "createdAt"]) };
    },
  },
  activity: {
    document: as(RecordDocument),
    variables: ({ partnerId, view }, sort) => ({
      filter: {
        ...(partnerId ? { partnerId: { eq: partnerId } } : {}),
        ...(view && view !== "all" ? { event: { in: eventsOf(view) } } : {}),
      },
      orderBy: orderBy(sort, ["at"]),
    }),
  },
};
