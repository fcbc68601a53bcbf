import type { RaRecord, SortPayload } from "react-admin";

import { type InvitationFilterInput, InvitationsDocument, PartnersDocument, RecordDocument, SubjectsDocument } from "../made/graph";
import type { Typed } from "../shared/send";

interface Answer {
  page: {
    totalCount?: number;
    pageInfo: { hasNextPage: boolean; endCursor?: string | null };
    nodes: RaRecord[];
  };
}

/** How a list of react-admin is asked of the graph. */
export interface List {
  document: Typed<Answer, Record<string, unknown>>;
  variables: (filter: Record<string, unknown>, sort?: SortPayload) => Record<string, unknown>;
  /** What of a page is shown. */
  rows?: (nodes: RaRecord[], filter: Record<string, unknown>) => RaRecord[];
}

/** Columns by their name in the graph, as `createdAt` for `CREATED_AT`. */
function orderBy(sort: SortPayload | undefined, columns: Record<string, string>) {
  const field = sort && columns[sort.field];
  return field ? [{ field, direction: sort.order }] : undefined;
}

const as = (document: unknown) => document as List["document"];

/** The objects that lines of the record are about, each once. */
function subjects(nodes: RaRecord[]): RaRecord[] {
  const found = nodes.map((line) => line.subject as RaRecord | null).filter((subject) => subject !== null);
  return [...new Map(found.map((subject) => [subject.id, subject])).values()];
}

/** Which lines lead to the integrations of a tab. */
const VIEWS: Record<string, { events: string[]; status?: string }> = {
  review: { events: ["integration.submitted", "integration.resubmitted"], status: "IN_REVIEW" },
  published: { events: ["integration.published"], status: "PUBLISHED" },
  all: { events: ["integration.created"] },
};
const viewOf = (filter: Record<string, unknown>) => VIEWS[String(filter.view)] ?? { events: ["integration.created"] };

export const lists: Record<string, List> = {
  integrations: {
    document: as(SubjectsDocument),
    variables: (filter, sort) => ({ events: viewOf(filter).events, direction: sort?.order }),
    rows: (nodes, filter) => subjects(nodes).filter(({ status }) => (viewOf(filter).status ?? status) === status),
  },
  tenants: {
    document: as(SubjectsDocument),
    variables: (_, sort) => ({ events: ["tenant.created"], direction: sort?.order }),
    rows: subjects,
  },
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
