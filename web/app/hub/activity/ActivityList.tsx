import { useListContext, usePermissions } from "react-admin";

import { ActivityLiveDocument, type LineFragment } from "../../made/graph";
import { empty } from "../../words/empty";
import { words } from "../../words/hub";
import type { Role } from "../auth";
import { Filters } from "../parts/Filters";
import { HubList } from "../parts/Lists";
import { None } from "../parts/None";
import { useLive } from "../parts/live";
import { Lines } from "./Lines";

/** The whole record, newest first. */
export default function ActivityList() {
  useLive(ActivityLiveDocument, {}, ["activity"]);
  const { permissions } = usePermissions<Role>();
  const { title, one, views, own } = words.activity;
  return (
    <HubList
      resource="activity" title={title} one={one} sort={{ field: "at", order: "DESC" }} empty={<None of={empty.activity} />}
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
