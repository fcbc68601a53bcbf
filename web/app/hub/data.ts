import type { DataProvider, GetListParams, GetListResult, RaRecord } from "react-admin";

import { send } from "../shared/send";
import { type List, lists } from "./lists";

interface Page {
  nodes: RaRecord[];
  totalCount: number;
  more: boolean;
  end: string | null;
}

async function load(list: List, params: GetListParams, first: number, from: { after?: string | null; offset?: number }): Promise<Page> {
  const { page } = await send(list.document, { first, ...from, ...list.variables(params.filter ?? {}, params.sort) });
  const { nodes, totalCount, pageInfo } = page;
  return { nodes, totalCount, more: pageInfo.hasNextPage, end: pageInfo.endCursor ?? null };
}

/** Where pages begin, by list, order, filter and size: the graph pages by cursor, react-admin by number. */
const starts = new Map<string, (string | null | undefined)[]>();

async function page(list: List, params: GetListParams, number: number, size: number): Promise<Page> {
  const key = JSON.stringify([list.document.toString(), params.sort, params.filter, size]);
  const known = starts.get(key) ?? [null];
  starts.set(key, known);
  const after = known[number - 1];
  // A deep link, or a reload in the middle, goes there by number.
  const here = await load(list, params, size, after === undefined ? { offset: (number - 1) * size } : { after });
  if (here.more) known[number] = here.end;
  return here;
}

async function getList<Row extends RaRecord>(resource: string, params: GetListParams): Promise<GetListResult<Row>> {
  const list = lists[resource];
  if (!list) throw new Error(`No such list: ${resource}`);
  const { page: number, perPage } = params.pagination ?? { page: 1, perPage: 25 };
  const found = await page(list, params, number, perPage);
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
