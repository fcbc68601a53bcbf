import { useListContext } from "react-admin";

import type { SaidOf } from "../../words/empty";
import { Empty } from "./bits";

/** Instead of rows: what its tab says when there are none. */
export function None({ of }: { of: SaidOf }) {
  const { filterValues } = useListContext();
  return <Empty {...(of[String(filterValues.view ?? "all")] ?? of.other)} />;
}
