import type { DataProvider, GetListParams, GetListResult, RaRecord } from "react-admin";

import { send } from "../shared/send";
import { type List, lists } from "./lists";

const MOST = 100;

interface Page {
  nodes: RaRecord[];
  totalCount: number | undefined;
  more: boolean;
  end: string | null;
}

async function load(list: List, params: GetListParams, first: number, after: string | null): Promise<Page> {
  if (list.rows) return gather(list, params.filter ?? {}, first, after);
  const { page } = await send(list.document, { first, after, ...list.variables(params.filter ?? {}, params.sort) });
  const { nodes, totalCount, pageInfo } = page;
  return { nodes, totalCount, more: pageInfo.hasNextPage, end: pageInfo.endCursor ?? null };
}

/** Looks through a few pages of partners until there are enough rows. */
async function gather(list: List, filter: Record<string, unknown>, enough: number, after: string | null): Promise<Page> {
  const nodes: RaRecord[] = [];
  let end = after;
  let more = true;
  for (let asked = 0; more && nodes.length < enough && asked < 10; asked += 1) {
    const answer = await send(list.document, { first: 50, after: end, own: end === null });
    nodes.push(...(list.rows?.(answer, filter) ?? []));
    more = answer.page.pageInfo.hasNextPage;
    end = answer.page.pageInfo.endCursor ?? null;
  }
  return { nodes, totalCount: undefined, more, end };
}

/** Where pages begin, by list, order, filter and size: the graph pages by cursor, react-admin by number. */
const starts = new Map<string, (string | null)[]>();

async function page(list: List, params: GetListParams, number: number, size: number): Promise<Page> {
  const key = JSON.stringify([list.document.toString(), params.sort, params.filter, size]);
  const known = starts.get(key) ?? [null];
  starts.set(key, known);
  // After a reload in the middle, go there from the nearest page that is known.
  for (let at = known.length; at < number; at += 1) {
    const before = await load(list, params, size, known[at - 1] ?? null);
    if (!before.more) return { ...before, nodes: [] };
    known[at] = before.end;
  }
  const here = await load(list, params, size, known[number - 1] ?? null);
  if (here.more) known[number] = here.end;
  return here;
}

/** More than one page of the graph, as for an export. */
async function many(list: List, params: GetListParams, size: number): Promise<Page> {
  let here = await load(list, params, MOST, null);
  const nodes = [...here.nodes];
  while (here.more && nodes.length < size) {
    here = await load(list, params, MOST, here.end);
    nodes.push(...here.nodes);
  }
  return { ...here, nodes };
}

async function getList<Row extends RaRecord>(resource: string, params: GetListParams): Promise<GetListResult<Row>> {
  const list = lists[resource];
  if (!list) throw new Error(`No such list: ${resource}`);
  const { page: number, perPage } = params.pagination ?? { page: 1, perPage: 25 };
  const found = perPage > MOST ? await many(list, params, perPage) : await page(list, params, number, perPage);
  return {
    data: found.nodes as Row[],
    pageInfo: { hasNextPage: found.more, hasPreviousPage: number > 1 },
    meta: { total: found.totalCount },
  };
}

const unused = () => Promise.reject(new Error("The hub's own pages ask the graph themselves."));

/** Lists go through react-admin; single objects and changes through typed documents of their own (`parts/`). */
export const dataProvider: DataProvider = {
  getList,
  getOne: unused,
  getMany: unused,
  getManyReference: unused,
  create: unused,
  update: unused,
  updateMany: unused,
  delete: unused,
  deleteMany: unused,
};
