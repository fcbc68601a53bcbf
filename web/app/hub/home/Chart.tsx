import { Box, useTheme } from "@mui/material";
import { visuallyHidden } from "@mui/utils";

import type { HomeQuery, PartnerStatus } from "../../made/graph";
import { words } from "../../words/hub";

type Months = HomeQuery["partnersOverTime"];

const STATUSES: PartnerStatus[] = ["APPROVED", "PENDING", "SUSPENDED", "REJECTED", "ARCHIVED"];
const COUNTS = { APPROVED: "approved", PENDING: "pending", SUSPENDED: "suspended", REJECTED: "rejected", ARCHIVED: "archived" } as const;
const HEIGHT = 120;

/** Who came in the last twelve months as bars, by where they stand now. The same as a table for whoever cannot see it. */
export function Chart({ months }: { months: Months }) {
  const { palette } = useTheme();
  const colours: Record<PartnerStatus, string> = {
    APPROVED: palette.success.main, PENDING: palette.warning.main, SUSPENDED: palette.error.main,
    REJECTED: palette.text.secondary, ARCHIVED: palette.divider,
  };
  const rows = months.map((each) => ({ month: each.month.slice(0, 7), counts: STATUSES.map((status) => each[COUNTS[status]]) }));
  const most = Math.max(1, ...rows.map(({ counts }) => sum(counts)));
  const used = STATUSES.filter((_, index) => rows.some(({ counts }) => counts[index]));
  return (
    <Box sx={{ position: "relative" }}>
      <svg viewBox={`0 0 ${rows.length * 30} ${HEIGHT + 24}`} width="100%" aria-hidden>
        {rows.map(({ month, counts }, at) => {
          let floor = HEIGHT;
          return (
            <g key={month}>
              {counts.map((number, index) => {
                const height = (number / most) * (HEIGHT - 16);
                floor -= height;
                return <rect key={STATUSES[index]} x={at * 30 + 5} y={floor} width={20} height={height} rx={1.5} fill={colours[STATUSES[index] as PartnerStatus]} />;
              })}
              {sum(counts) > 0 && <text x={at * 30 + 15} y={floor - 4} textAnchor="middle" fontSize={10} fill={palette.text.primary}>{sum(counts)}</text>}
              <text x={at * 30 + 15} y={HEIGHT + 15} textAnchor="middle" fontSize={9} fill={palette.text.secondary}>{short(month)}</text>
            </g>
          );
        })}
        <line x1={0} x2={rows.length * 30} y1={HEIGHT} y2={HEIGHT} stroke={palette.divider} />
      </svg>
      <Box sx={{ display: "flex", gap: 2, flexWrap: "wrap", fontSize: "0.8125rem", color: "text.secondary" }} aria-hidden>
        {used.map((status) => (
          <Box key={status} sx={{ display: "flex", alignItems: "center", gap: 0.75 }}>
            <Box sx={{ width: 10, height: 10, borderRadius: 0.25, bgcolor: colours[status] }} />{words.partnerStatus[status]}
          </Box>
        ))}
      </Box>
      <Box sx={{ ...visuallyHidden }}><table>
        <caption>{words.home.chart}</caption>
        <thead><tr><th scope="col">{words.home.month}</th>{STATUSES.map((status) => <th scope="col" key={status}>{words.partnerStatus[status]}</th>)}</tr></thead>
        <tbody>{rows.map(({ month, counts }) => <tr key={month}><th scope="row">{month}</th>{counts.map((number, index) => <td key={STATUSES[index]}>{number}</td>)}</tr>)}</tbody>
      </table></Box>
    </Box>
  );
}

const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0);
const short = (month: string) => new Date(`${month}-15T12:00:00`).toLocaleDateString(undefined, { month: "short" });
