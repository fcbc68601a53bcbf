import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./main.css";

import { GraphiQL } from "graphiql";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { fetcher } from "./fetcher";
import { storage } from "./storage";
import { tabs } from "./welcome";

const root = document.getElementById("root");
if (!root) throw new Error("The page has no #root element.");

createRoot(root).render(
  <StrictMode>
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      defaultTabs={tabs}
      defaultQuery=""
      defaultEditorToolsVisibility="variables"
    >
      <GraphiQL.Logo>Partner Hub</GraphiQL.Logo>
    </GraphiQL>
  </StrictMode>,
);
