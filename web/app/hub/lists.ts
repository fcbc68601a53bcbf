import type { RaRecord, SortPayload } from "react-admin";

import {
  GatherIntegrationsDocument, GatherTenantsDocument, type InvitationFilterInput, InvitationsDocument, PartnersDocument, RecordDocument,
} from "../made/graph";
import type { Typed } from "../shared/send";

export interface Answer {
  page: {
    totalCount?: number;
    pageInfo: { hasNextPage: boolean; endCursor?: string | null };
    nodes: RaRecord[];
  };
  own?: { nodes: RaRecord[] };
}

/** How a list of react-admin is asked of the graph. */
export interface List {
  document: Typed<Answer, Record<string, unknown>>;
  variables: (filter: Record<string, unknown>, sort?: SortPayload) => Record<string, unknown>;
  /** For lists that are gathered from others: what of an answer is shown. */
  rows?: (answer: Answer, filter: Record<string, unknown>) => RaRecord[];
}

/** Columns by their name in the graph, as `createdAt` for `CREATED_AT`. */
function orderBy(sort: SortPayload | undefined, columns: Record<string, string>) {
  const field = sort && columns[sort.field];
  return field ? [{ field, direction: sort.order }] : undefined;
}

const as = (document: unknown) => document as List["document"];

/** Rows below partners, and the vendor's own, which the record leads to. */
function gathered(below: "integrations" | "tenants", wanted: (row: RaRecord, filter: Record<string, unknown>) => boolean): List["rows"] {
  return ({ page, own }, filter) => {
    const theirs = page.nodes.flatMap((partner) => (partner[below] as { nodes: RaRecord[] }).nodes);
    const ours = (own?.nodes ?? []).filter(({ partner, subject }) => !partner && subject).map(({ subject }) => subject as RaRecord);
    return [...ours, ...theirs].filter((row) => wanted(row, filter));
  };
}

/** The tabs of integrations. */
const VIEWS: Record<string, string> = { review: "IN_REVIEW", published: "PUBLISHED" };

export const lists: Record<string, List> = {
  integrations: {
    document: as(GatherIntegrationsDocument),
    variables: () => ({}),
    rows: gathered("integrations", ({ status }, { view }) => (VIEWS[String(view)] ?? status) === status),
  },
  tenants: { document: as(GatherTenantsDocument), variables: () => ({}), rows: gathered("tenants", () => true) },
  partners: {
    document: as(PartnersDocument),
    variables: (_, sort) => ({ orderBy: orderBy(sort, { name: "NAME", createdAt: "CREATED_AT" }) }),
  },
  invitations: {
    document: as(InvitationsDocument),
    variables: ({ q, view }, sort) => {
      const filter: InvitationFilterInput = {};
      if (typeof q === "string" && q) filter.email = { contains: q };
      if (view === "waiting") filter.status = { in: ["PENDING", "EXPIRED"] };
      if (view === "trouble") {
        filter.status = { in: ["PENDING", "EXPIRED"] };
        filter.delivery = { in: ["BOUNCED", "FAILED", "DEFERRED"] };
      }
      return { filter, orderBy: orderBy(sort, { email: "EMAIL", expiresAt: "EXPIRES_AT", createdAt: "CREATED_AT" }) };
    },
  },
  activity: {
    document: as(RecordDocument),
    variables: ({ partnerId, events }, sort) => ({
      filter: {
        ...(partnerId ? { partnerId } : {}),
        ...(Array.isArray(events) && events.length ? { event: { in: events } } : {}),
      },
      direction: sort?.field === "at" ? sort.order : undefined,
    }),
  },
};
