import { useListContext } from "react-admin";

import type { LineFragment } from "../../made/graph";
import { words } from "../../words/hub";
import { HubList } from "../parts/Lists";
import { Empty } from "../parts/bits";
import { Lines } from "./Lines";

/** The whole record, newest first. */
export default function ActivityList() {
  const { title, one, empty } = words.activity;
  return (
    <HubList resource="activity" title={title} one={one} sort={{ field: "at", order: "DESC" }} empty={<Empty title={empty} />}>
      <Rows />
    </HubList>
  );
}

function Rows() {
  const { data = [] } = useListContext<LineFragment>();
  return <Lines lines={data} />;
}
