import { useListContext, usePermissions } from "react-admin";

import { ActivityLiveDocument, type LineFragment } from "../../made/graph";
import { words } from "../../words/hub";
import type { Role } from "../auth";
import { Filters } from "../parts/Filters";
import { HubList } from "../parts/Lists";
import { Empty } from "../parts/bits";
import { useLive } from "../parts/live";
import { Lines } from "./Lines";

/** The whole record, newest first. */
export default function ActivityList() {
  useLive(ActivityLiveDocument, {}, ["activity"]);
  const { permissions } = usePermissions<Role>();
  const { title, one, empty, views, own } = words.activity;
  return (
    <HubList
      resource="activity" title={title} one={one} sort={{ field: "at", order: "DESC" }} empty={<Empty title={empty} />}
      filters={<Filters label={title} views={permissions?.startsWith("VENDOR") ? views : own} />}
    >
      <Rows />
    </HubList>
  );
}

function Rows() {
  const { data = [] } = useListContext<LineFragment>();
  return <Lines lines={data} />;
}
